import { existsSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../prepare/root.mjs'
import { resultFile } from './packages.mjs'

/**
 * Adds up what the packages' test runners wrote down.
 * @returns passed, failed: numbers of tests; failures: their names; notRun: what could not run and why; silent: the
 * packages that have tests and left no results.
 */
export function collectResults({ packages, notRunFile }) {
  const results = { passed: 0, failures: [], notRun: readNotRun(notRunFile), silent: [] }
  for (const folder of packages) {
    const file = join(folder, resultFile)
    if (existsSync(file)) addPackage(results, basename(folder), JSON.parse(readFileSync(file, 'utf8')))
    else results.silent.push(basename(folder))
  }
  return { ...results, failed: results.failures.length }
}

function addPackage(results, name, report) {
  const failuresBefore = results.failures.length
  for (const file of report.testResults) {
    const where = `${name}: ${relative(join(root), file.name)}`
    for (const test of file.assertionResults) {
      const title = `${where}: ${test.fullName}`
      if (test.status === 'passed') results.passed++
      else if (test.status === 'failed') results.failures.push([title, ...reasonsOf(test)].join('\n      '))
      else results.notRun.push({ what: title, why: `marked as ${test.status}` })
    }
    // A file that could not be loaded, or whose hooks failed, has no failed test of its own.
    const explained = file.assertionResults.some(test => test.status === 'failed')
    if (file.status === 'failed' && !explained) results.failures.push(`${where} could not run`)
  }
  if (report.success || results.failures.length > failuresBefore) return
  results.failures.push(`${name}: an error outside of any test`)
}

/** The first lines of what each try failed with: where only the end of an output is kept, they are in it. */
function reasonsOf({ failureMessages = [] }) {
  const lines = failureMessages.flatMap(message => stripVTControlCharacters(message).split('\n').slice(0, 4))
  return lines.filter(line => line.trim() !== '').map(line => line.slice(0, 500))
}

function readNotRun(file) {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return [...new Set(lines)].map(line => JSON.parse(line))
}
