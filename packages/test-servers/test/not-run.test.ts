import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { notRun } from '@tutti/test-servers'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

test('adds one line of JSON a call to the file that npm test reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-test-'))
  const file = join(folder, 'not-run')
  vi.stubEnv('TUTTI_NOT_RUN_FILE', file)
  notRun('promtool check metrics', 'there is no promtool')
  notRun('two\nlines', 'a reason')
  expect(
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
  ).toEqual([
    { what: 'promtool check metrics', why: 'there is no promtool' },
    { what: 'two\nlines', why: 'a reason' },
  ])
  rmSync(folder, { recursive: true })
})
