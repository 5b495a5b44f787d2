import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { afterEach, expect, test } from 'vitest'
import { observeProcFiles } from '../../src/runtime/proc-files.ts'
import { collect, OnRequestReader } from '../reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'tutti-proc-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function observed(from: string): Promise<Record<string, number>> {
  const reader = new OnRequestReader()
  const provider = new MeterProvider({ readers: [reader] })
  observeProcFiles(provider.getMeter('test'), from)
  const points = await collect(reader)
  await provider.shutdown()
  return Object.fromEntries(points.map(({ name, value }) => [name, value]))
}

test('threads are read behind a program name that looks like fields, descriptors without their listing', async () => {
  mkdirSync(join(folder, 'fd'), { recursive: true })
  const before = '42 (node) R 1 2) S 1 42 42 0 -1 4194560 5 6 7 8 9 10 11 12 20 0'
  writeFileSync(join(folder, 'stat'), `${before} 13 0 999 1000 2000\n`)
  writeFileSync(
    join(folder, 'limits'),
    'Limit                     Soft Limit           Hard Limit           Units     \n' +
      'Max open files            1024                 524288               files     \n',
  )
  expect(await observed(folder)).toMatchObject({
    'process.thread.count': 13,
    'process.unix.file_descriptor.limit': 1024,
  })
})

test('there are no series where there is no /proc', async () => {
  expect(await observed(join(folder, 'nothing'))).toEqual({})
})
