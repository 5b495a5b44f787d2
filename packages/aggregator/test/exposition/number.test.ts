import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  digitCount,
  isWhole,
  MAX_NUMBER_BYTES,
  numberText,
  writeDigits,
} from '../../src/exposition/number.ts'

function written(value: number): string {
  const text = numberText(value)
  if (!isWhole(value)) return text
  const page = Buffer.alloc(MAX_NUMBER_BYTES + 2, '.')
  const digits = digitCount(value)
  writeDigits(page, 1, value, digits)
  expect(page.toString('latin1')).toBe(`.${text}`.padEnd(page.length, '.'))
  return page.toString('latin1', 1, 1 + digits)
}

test('writes every float as the shortest text that reads back as the same float', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), fc.nat()),
      value => {
        expect(written(value)).toBe(String(value))
      },
    ),
    { numRuns: 5_000 },
  )
})

test.each([
  0, 9, 10, 99, 100, 999_999, 1_000_000, 9_999_999, 10_000_000, 999_999_999, 1_000_000_000, 2_147_483_647,
  2_147_483_648,
])('writes %d digit by digit', value => expect(written(value)).toBe(String(value)))

test('writes what is not finite as Prometheus reads it', () => {
  expect([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map(written)).toEqual([
    '+Inf',
    '-Inf',
    'NaN',
  ])
})
