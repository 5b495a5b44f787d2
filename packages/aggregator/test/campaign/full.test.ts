import { notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { full } from '../../campaign/full/full.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('a file system that is full now and then costs nobody a count', async context => {
  const failures: string[] = []
  const failed = (what: string, error: Error) => failures.push(`${what}: ${error.message}`)
  // A taste; `npm run campaign -- --only full` is the whole.
  const rounds = await full({ directory: temporaryDirectory(), seed: 7, rounds: 3, failed })
  if (rounds === 0) {
    notRun('a file system that is full now and then', 'mounting a small tmpfs needs root')
    return context.skip()
  }
  expect(failures).toEqual([])
  expect(rounds).toBe(3)
}, 600_000)
