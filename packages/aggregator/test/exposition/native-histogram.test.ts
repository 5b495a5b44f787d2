import { expect, test } from 'vitest'
import { toNativeHistogram } from '../../src/exposition/native-histogram.ts'

function native(scale: number, offset: number, bucketCounts: number[], negative: number[] = []) {
  const count = [...bucketCounts, ...negative].reduce((sum, each) => sum + each, 0)
  return toNativeHistogram({
    ...{ count, sum: 1, scale, zeroCount: 0 },
    positive: { offset, bucketCounts },
    negative: { offset: 0, bucketCounts: negative },
  })
}

test('a bucket is counted by its upper bound, runs are spans, counts are differences', () => {
  expect(native(0, -1, [2, 5, 0, 0, 1], [3])).toEqual({
    schema: 0,
    zeroThreshold: 1e-128,
    positive: {
      spans: [
        { offset: 0, length: 2 },
        { offset: 2, length: 1 },
      ],
      deltas: [2, 3, -4],
    },
    negative: { spans: [{ offset: 1, length: 1 }], deltas: [3] },
  })
})

test.each([
  [8, 8, [1, 1, 1, 1]],
  [9, 8, [2, 2]],
  [10, 8, [4]],
  [20, 8, [4]],
  [-4, -4, [1, 1, 1, 1]],
])('scale %d is schema %d', (scale, schema, counts) => {
  const histogram = native(scale, 0, [1, 1, 1, 1])
  expect(histogram?.schema).toBe(schema)
  const { deltas = [] } = histogram?.positive ?? {}
  expect(deltas.map((_, index) => deltas.slice(0, index + 1).reduce((sum, each) => sum + each))).toEqual(
    counts,
  )
})

test('below zero an index is rounded down, and buckets wider than Prometheus knows have no native histogram', () => {
  expect(native(9, -3, [1, 1, 1])?.positive).toEqual({ spans: [{ offset: -1, length: 2 }], deltas: [1, 1] })
  expect(native(-5, 0, [1])).toBeUndefined()
})
