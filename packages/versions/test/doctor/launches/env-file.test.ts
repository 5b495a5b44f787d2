import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readEnvFile } from '../../../src/doctor/launches/env-file.ts'

test('a value is read without its quotes and the comment behind it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-env-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, '.env')
  const lines = [
    'A=none # a sidecar serves it',
    "export B='x # y' # z",
    'C=a#b',
    'D=',
    'E="1"',
    '# F=1',
    'G=#',
  ]
  writeFileSync(file, lines.join('\n'))
  const values = [...readEnvFile(file)!].map(([name, { value, line }]) => [name, value, line])
  expect(values).toEqual([
    ['A', 'none', 1],
    ['B', 'x # y', 2],
    ['C', 'a#b', 3],
    ['D', '', 4],
    ['E', '1', 5],
    ['G', '', 7],
  ])
})
