import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Buckets } from '../../src/series/buckets.ts'

const boundaries = fc
  .uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 40 })
  .map(bounds => bounds.sort((a, b) => a - b))

test('finds the first bucket whose boundary is not below the value, for any boundaries', () => {
  fc.assert(
    fc.property(
      boundaries,
      fc.array(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
      (bounds, values) => {
        const buckets = new Buckets(bounds)
        for (const value of [...values, ...bounds.filter(bound => bound >= 0)]) {
          const expected = bounds.findIndex(bound => value <= bound)
          expect(buckets.indexOf(value)).toBe(expected < 0 ? bounds.length : expected)
        }
      },
    ),
  )
})
