/** What the end of `npm test` says. The last line is always "N passed, N failed". */
export function summarize({ passed, failed, failures, notRun, silent }, exitCode) {
  const lines = ['']
  const list = (title, items) => {
    if (items.length > 0) lines.push(title, ...items.map(item => `  - ${item}`), '')
  }
  list('Failed:', failures)
  list(
    'Did not run:',
    notRun.map(({ what, why }) => `${what}: ${why}`),
  )
  list('Gave no results (its build failed, or its test runner did):', silent)
  const unexplained = exitCode !== 0 && failed + silent.length === 0
  if (unexplained) lines.push(`The test run ended with exit code ${exitCode}; see above.`, '')
  if (passed + failed === 0) lines.push('No test has run.', '')
  const allFailed = failed + silent.length + (unexplained ? 1 : 0)
  lines.push(`${passed} passed, ${allFailed} failed`)
  return { text: lines.join('\n'), success: exitCode === 0 && passed > 0 && allFailed === 0 }
}
