import { expect, test } from 'vitest'
import { fuzz } from '../../campaign/fuzz/fuzz.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('whatever stands in segments and ledgers, no read throws, and the good ones are complete on every page', () => {
  const failures: [number, Error][] = []
  const failed = (seed: number, error: Error) => failures.push([seed, error])
  // A taste: `npm run campaign` reads a million. The seed repeats a failure.
  const reads = fuzz({ directory: temporaryDirectory(), seed: 20_261_120, reads: 3_000, failed })
  expect(failures).toEqual([])
  expect(reads).toBe(3_000)
})
