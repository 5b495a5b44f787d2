import { expect, test } from 'vitest'
import { rotate, spread, turns } from '../src/statistics.ts'

test('the median of an odd number of samples is the middle one', () => {
  expect(spread([9, 1, 4])).toEqual({ median: 4, min: 1, max: 9 })
})

test('the median of an even number of samples is the mean of the middle two', () => {
  expect(spread([8, 1, 4, 2])).toEqual({ median: 3, min: 1, max: 8 })
})

test('no samples are an error, not a median of nothing', () => {
  expect(() => spread([])).toThrow(RangeError)
})

test('each round begins at the next item and leaves nobody out', () => {
  expect([0, 1, 2, 3].map(round => rotate(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'bca',
    'cab',
    'abc',
  ])
})

test('whatever runs before another runs as often after it', () => {
  expect([0, 1, 2, 3, 4].map(round => turns(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'cba',
    'bca',
    'acb',
    'cab',
  ])
})
