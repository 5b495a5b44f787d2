import { expect, test } from 'vitest'
import { upgrade } from '../../campaign/upgrade/upgrade.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('two layout versions in one directory: each page is exact for its own, and tells of the others', async () => {
  const failures: string[] = []
  const failed = (what: string, error: Error) => failures.push(`${what}: ${error.message}`)
  // A taste; `npm run campaign -- --only upgrade` is the whole.
  const count = await upgrade({ directory: temporaryDirectory(), seed: 7, kills: 30, failed })
  expect(failures).toEqual([])
  expect(count).toBeGreaterThanOrEqual(30)
}, 600_000)
