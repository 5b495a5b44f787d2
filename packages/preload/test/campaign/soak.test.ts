import { expect, test } from 'vitest'
import { findGrowth } from '../../campaign/soak/growth.ts'
import { soak } from '../../campaign/soak/soak.ts'

test('an hour of a clustered service: nothing grows and nothing is lost', { timeout: 300_000 }, async () => {
  const failures: string[] = []
  const failed = (what: string): void => void failures.push(what)
  expect(await soak({ seed: 1, scrapes: 240, restarts: 8, resident: false, failed })).toBe(18)
  expect(failures.join('\n')).toBe('')
})

test('what grows by more than it may is named, with its figures', () => {
  const samples = Array.from({ length: 24 }, (_, index) => ({
    'worker heapBytes': 9_000_000 + index * 100_000,
    'worker handleCount': 4 + (index % 3),
  }))
  expect(findGrowth(samples)).toEqual({
    growths: [
      {
        name: 'worker heapBytes',
        line: 'worker heapBytes grew from 9800000 to 10600000, 10100000 allowed',
      },
    ],
    measureCount: 2,
  })
})
