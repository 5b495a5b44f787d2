import { expect, test } from 'vitest'
import { floods } from '../../campaign/floods/floods.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('labels that never come again are all in the sums, and grow neither the page nor the directory', async () => {
  const failures: string[] = []
  const failed = (what: string, error: Error) => failures.push(`${what}: ${error.message}`)
  // A taste; `npm run campaign -- --only floods` is the whole.
  const count = await floods({ directory: temporaryDirectory(), seed: 7, floods: 6, failed })
  expect(failures).toEqual([])
  expect(count).toBe(6)
}, 600_000)
