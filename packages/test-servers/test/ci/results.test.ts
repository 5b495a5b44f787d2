import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ci = new URL('../../../../.ci/', import.meta.url)
const { collectResults } = await import(new URL('results/collect.mjs', ci).href)
const { summarize } = await import(new URL('results/summarize.mjs', ci).href)

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('adds up the packages and ends with the numbers', () => {
  const packages = [report('one', [file('a', ['passed', 'passed'])]), report('two', [file('b', ['passed'])])]
  const { text, success } = summarize(collectResults({ packages, notRunFile: join(folder, 'none') }), 0)
  expect(text.split('\n').at(-1)).toBe('3 passed, 0 failed')
  expect(success).toBe(true)
})

test('names what failed, what was left out and what could not run', () => {
  const notRunFile = join(folder, 'not-run')
  const line = JSON.stringify({ what: 'promtool check metrics', why: 'there is no promtool' })
  writeFileSync(notRunFile, `${line}\n${line}\n`)
  const broken = { ...file('c', []), status: 'failed' }
  const packages = [report('three', [file('a', ['passed', 'failed', 'pending']), broken])]
  const { text, success } = summarize(collectResults({ packages, notRunFile }), 1)
  expect(text).toContain('test 1')
  expect(text).toContain('c.test.ts could not run')
  expect(text).toContain('test 2: marked as pending')
  expect(text.match(/promtool check metrics: there is no promtool/g)).toHaveLength(1)
  expect(text.split('\n').at(-1)).toBe('1 passed, 2 failed')
  expect(success).toBe(false)
})

test.each([
  ['nothing ran', [], 0],
  ['a package gave no results', ['missing'], 0],
])('is no success when %s', (_case, names, exitCode) => {
  const packages = names.map(name => join(folder, name))
  const { text, success } = summarize(
    collectResults({ packages, notRunFile: join(folder, 'none') }),
    exitCode,
  )
  expect(success).toBe(false)
  expect(text).toContain('No test has run.')
})

test('is no success when the run failed for a reason that no test shows', () => {
  const packages = [report('four', [file('a', ['passed'])])]
  const { text, success } = summarize(collectResults({ packages, notRunFile: join(folder, 'none') }), 137)
  expect(text.split('\n').at(-1)).toBe('1 passed, 1 failed')
  expect(success).toBe(false)
})

function file(name: string, statuses: string[]) {
  return {
    name: `/checkout/${name}.test.ts`,
    status: statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status, index) => ({ status, fullName: `test ${index}` })),
  }
}

function report(name: string, testResults: ReturnType<typeof file>[]): string {
  const success = testResults.every(({ status }) => status === 'passed')
  mkdirSync(join(folder, name, '.turbo'), { recursive: true })
  writeFileSync(join(folder, name, '.turbo', 'test-results.json'), JSON.stringify({ success, testResults }))
  return join(folder, name)
}
