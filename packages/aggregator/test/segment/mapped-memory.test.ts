import { closeSync, mkdirSync, openSync, rmSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { countAndSum } from '../../campaign/crash/totals.ts'
import { define, publish } from '../../campaign/publish.ts'
import { newIdentity } from '../../src/directory/birth.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { FIRST_BYTES, LIVENESS, PAGE_BYTES } from '../../src/segment/layout.ts'
import type { Libc } from '../../src/segment/libc.ts'
import { MappedMemory } from '../../src/segment/mapped-memory.ts'
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

test('that it could not grow and that it was removed are said once each', () => {
  const directory = temporaryDirectory()
  mkdirSync(directory)
  const path = join(directory, 'removed')
  const fd = openSync(path, 'w+')
  onTestFinished(() => closeSync(fd))
  const fails = (): never => {
    throw new Error('ENOSPC')
  }
  const libc = { allocate: fails, addressOf: () => 0n } as unknown as Libc
  const file = { identity: newIdentity(LIVENESS.lock, 0, 0), fd, lockFd: fd, isHome: () => true }
  const said: string[] = []
  const memory = new MappedMemory('/proc/no/such/place', libc, file, new ArrayBuffer(FIRST_BYTES), line =>
    said.push(line),
  )
  unlinkSync(path)
  for (let each = 0; each < 2; each++) {
    expect(memory.extend(PAGE_BYTES)).toBeUndefined()
    memory.flush()
  }
  expect(said.map(line => line.slice(0, 31))).toEqual([
    'the segment could not grow (ENO',
    'the segment was removed and cou',
  ])
})
