import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { countAndSum } from '../../campaign/crash/totals.ts'
import { define, publish } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('a directory removed under a running app is back with the next observation, and every handle still counts', () => {
  const directory = temporaryDirectory()
  const warnings: string[] = []
  const writer = joinDirectory(directory, { warn: line => warnings.push(line) })
  const series = publish(writer, define('sum', 'COUNTER', { type: 'sum' }))
  // Enough for further chunks.
  const handles = Array.from({ length: 500 }, (_, id) => series([['id', `${id}${'x'.repeat(200)}`]]))
  for (const handle of handles) handle.record(1)
  for (let times = 1; times <= 3; times++) {
    rmSync(directory, { recursive: true })
    for (const handle of handles) handle.record(1)
    writer.beat(Date.now(), 0)
    for (const handle of handles) handle.record(1)
    const reader = new DirectoryReader(directory)
    const snapshot = reader.read()
    expect(countAndSum(snapshot, 'sum')).toEqual([500, 500 * (1 + 2 * times)])
    expect(snapshot.segments.map(({ alive }) => alive)).toEqual([true])
    reader.close()
  }
  handles.push(series([['id', 'new']]))
  handles.at(-1)?.record(7)
  const reader = new DirectoryReader(directory)
  expect(countAndSum(reader.read(), 'sum')).toEqual([501, 3507])
  reader.close()
  writer.end()
  expect(warnings).toHaveLength(3)
  expect(warnings[0]).toBe('the segment 0 was removed by somebody: its metrics are back in a new one.')
})
