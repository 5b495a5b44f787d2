import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { withFileLock } from '../src/file-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'tutti-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('only one at a time does the work', async () => {
  const file = join(folder, 'busy')
  const steps: string[] = []
  const work = (name: string) => async () => {
    steps.push(`${name} begins`)
    await setTimeout(20)
    steps.push(`${name} ends`)
  }
  await Promise.all([withFileLock(file, 5_000, work('a')), withFileLock(file, 5_000, work('b'))])
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('the lock of a process that is no more is taken over', async () => {
  const file = join(folder, 'abandoned')
  // Linux gives out no such pid.
  writeFileSync(file, '2147483646')
  expect(await withFileLock(file, 5_000, async () => 'done')).toBe('done')
})

test('work that fails gives the lock back', async () => {
  const file = join(folder, 'failed')
  const failing = withFileLock(file, 5_000, async () => Promise.reject(new Error('on purpose')))
  await expect(failing).rejects.toThrow('on purpose')
  expect(await withFileLock(file, 5_000, async () => 'done')).toBe('done')
})

test('who waits too long is told which file is held', async () => {
  const file = join(folder, 'held')
  await withFileLock(file, 5_000, async () => {
    await expect(withFileLock(file, 10, async () => {})).rejects.toThrow(
      `${file} was held for longer than 10 ms`,
    )
  })
})
