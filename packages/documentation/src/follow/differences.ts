/** Lines that are shown and were not printed. Labels of the scope are left out of what was printed, as pages do. */
export function differences(shown: string, printed: string): string[] {
  const lines = printed.split('\n').map(line => line.trim())
  const plain = lines.map(line =>
    line
      .replaceAll(/otel_scope_\w+="[^"]*",?/g, '')
      .replace(',}', '}')
      .replace('{}', ''),
  )
  const missing = shown.split('\n').filter(line => {
    const pattern = new RegExp(`^${line.trim().split('…').map(RegExp.escape).join('.*')}$`)
    return line.trim() !== '' && ![...lines, ...plain].some(each => pattern.test(each))
  })
  return missing.map(line => `not printed: ${line}`)
}
