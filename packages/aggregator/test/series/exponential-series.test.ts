import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exponentialHistogramAt } from '../../src/merge/exponential-histogram.ts'
import { firstCells } from '../../src/segment/aggregation.ts'
import { exponentialIndex } from '../../src/series/exponential-index.ts'
import { ExponentialSeries } from '../../src/series/exponential-series.ts'
import { Measuring } from '../../src/series/measuring.ts'

const MEASURING = new Measuring({ signed: true, integer: false, reject: () => {}, now: () => 0 })

function record(values: number[], maxSize: number, negative = true) {
  const aggregation = { type: 'exponentialBuckets', maxSize, negative, recordMinMax: true } as const
  const series = new ExponentialSeries(
    '[]',
    { cells: firstCells(aggregation, false), slot: 0 },
    aggregation,
    MEASURING,
  )
  for (const value of values) series.record(value)
  return exponentialHistogramAt(series.cells, 0, aggregation)
}

const value = fc.double({ noNaN: true, noDefaultInfinity: true })

test('an index names the bucket above whose lower and up to whose upper bound the value is, at every scale', () => {
  const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(positive, fc.integer({ min: -11, max: 20 }), (measured, scale) => {
      const index = exponentialIndex(measured, scale)
      const width = 2 ** -scale
      // In logarithms, whose last digit is not exact, so up to a rounding error.
      const slack = Math.abs(Math.log2(measured)) * 1e-15 + 1e-13
      expect(Math.log2(measured)).toBeGreaterThanOrEqual(index * width - slack)
      expect(Math.log2(measured)).toBeLessThanOrEqual((index + 1) * width + slack)
    }),
    { numRuns: 2_000 },
  )
})

test('a power of two is the upper bound of its bucket, exactly', () => {
  for (let exponent = -1074; exponent <= 1023; exponent++) {
    for (const scale of [-11, -3, 0, 1, 5, 20]) {
      const expected = scale > 0 ? exponent * 2 ** scale - 1 : (exponent - 1) >> -scale
      expect(exponentialIndex(2 ** exponent, scale)).toBe(expected)
    }
  }
})

test('a bound belongs to the bucket below it and the next number to the one above, wherever there is a table', () => {
  for (let scale = 1; scale <= 10; scale++) {
    const steps = 2 ** scale
    for (let bucket = 0; bucket < steps; bucket++) {
      const bound = 2 ** ((bucket + 1) / steps)
      expect(exponentialIndex(bound, scale)).toBe(bucket)
      expect(exponentialIndex(bound * (1 + Number.EPSILON), scale)).toBe(bucket + 1)
      expect(exponentialIndex(bound / 1024, scale)).toBe(bucket - 10 * steps)
    }
  }
})

test('counts everything, in the finest buckets that hold it', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 50 }), fc.integer({ min: 2, max: 20 }), (values, maxSize) => {
      const histogram = record(values, maxSize)
      expect(histogram.count).toBe(values.length)
      expect(histogram.zeroCount).toBe(values.filter(each => each === 0).length)
      for (const [range, sign] of [
        [histogram.positive, 1],
        [histogram.negative, -1],
      ] as const) {
        expect(range.bucketCounts.length).toBeLessThanOrEqual(maxSize)
        const expected = new Map<number, number>()
        for (const each of values.filter(each => Math.sign(each) === sign)) {
          const index = exponentialIndex(Math.abs(each), histogram.scale)
          expected.set(index, (expected.get(index) ?? 0) + 1)
        }
        const counted = range.bucketCounts.flatMap((count, place) =>
          count > 0 ? [[range.offset + place, count] as const] : [],
        )
        expect(new Map(counted)).toEqual(expected)
      }
      // One scale finer, one of the two ranges would not fit.
      if (histogram.scale === 20) return
      const spans = [1, -1].map(sign => {
        const finer = values
          .filter(each => Math.sign(each) === sign)
          .map(each => exponentialIndex(Math.abs(each), histogram.scale + 1))
        return finer.length === 0 ? 0 : Math.max(...finer) - Math.min(...finer) + 1
      })
      expect(Math.max(...spans)).toBeGreaterThan(maxSize)
    }),
  )
})

test('sum, min and max are those of the values; where values may be negative there is no sum', () => {
  const unsigned = record([3, 0.5, 0, 12], 160, false)
  expect(unsigned).toMatchObject({ count: 4, sum: 15.5, min: 0, max: 12, zeroCount: 1 })
  const signed = record([3, 0.5, 0, 12, -4], 160)
  expect(signed).toMatchObject({ count: 5, min: -4, max: 12, zeroCount: 1 })
  expect(signed).not.toHaveProperty('sum')
})
