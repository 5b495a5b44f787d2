import { expect, test } from 'vitest'
import { crash } from '../../campaign/crash/crash.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('killed at any step of joining, publishing, growing and folding, a process leaves totals that are exact', async () => {
  const failures: [string, Error][] = []
  const failed = (kill: string, error: Error) => failures.push([kill, error])
  // One step in forty-five, before and after; `npm run campaign` takes all of them.
  const kills = await crash({ directory: temporaryDirectory(), seed: 7, stride: 45, timedKills: 6, failed })
  expect(failures).toEqual([])
  expect(kills).toBeGreaterThan(100)
}, 600_000)
