import { expect, test } from 'vitest'
import { lives } from '../../campaign/lives/lives.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('killed, stopped, ended and told another time of day at any moment, processes lose nothing that they noted', async () => {
  const failures: string[] = []
  const failed = (what: string, error: Error) => failures.push(`${what}: ${error.message}`)
  // A taste; `npm run campaign -- --only lives` is the whole.
  const count = await lives({ directory: temporaryDirectory(), seed: 7, kills: 40, crowd: 5, failed })
  expect(failures).toEqual([])
  expect(count).toBeGreaterThanOrEqual(40)
}, 600_000)
