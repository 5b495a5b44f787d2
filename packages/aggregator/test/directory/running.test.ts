import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isHeld, livingWriterCount, runningDirectories } from '../../src/directory/running.ts'
import { SharedMeterProvider } from '../../src/index.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('services with a living writer are found by name; those that have ended, and what is none, are not', async () => {
  const parent = temporaryDirectory()
  const directory = join(parent, 'my-shop-4711-0a1b2c3d')
  mkdirSync(join(parent, 'pm2-empty'), { recursive: true })
  writeFileSync(join(parent, 'file'), '')
  const provider = new SharedMeterProvider({ directory })
  expect(runningDirectories(parent)).toEqual([{ directory, name: 'my-shop', writerCount: 1 }])
  expect([livingWriterCount(directory), isHeld(directory, '0.segment'), isHeld(directory)]).toEqual([
    1,
    true,
    false,
  ])
  await provider.shutdown()
  expect(runningDirectories(parent)).toEqual([])
  expect(runningDirectories(join(parent, 'nowhere'))).toEqual([])
})
