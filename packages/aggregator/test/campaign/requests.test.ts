import { expect, test } from 'vitest'
import { requests } from '../../campaign/requests/requests.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('whatever is sent to an exposer, it answers in order or ends the connection, and scrapes go on', async () => {
  const failures: string[] = []
  const failed = (what: string, error: Error) => failures.push(`${what}: ${error.message}`)
  // A taste; `npm run campaign -- --only requests` is the whole.
  const count = await requests({ directory: temporaryDirectory(), seed: 7, requests: 2_000, failed })
  expect(failures).toEqual([])
  expect(count).toBe(2_000)
}, 600_000)
