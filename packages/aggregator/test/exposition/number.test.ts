import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  digitCount,
  isWhole,
  MAX_NUMBER_BYTES,
  numberText,
  writeDecimal,
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

/** Numbers that have few places, and some that nearly do. */
const DECIMAL = fc
  .tuple(fc.nat(), fc.nat(10_000_000), fc.nat(8), fc.constantFrom(0, 0, 1, -1, 2))
  .map(([digits, more, places, units]) => {
    const value = Number(`${digits}${more}e-${places}`)
    return value + (units * 2 ** Math.floor(Math.log2(Math.abs(value) || 1))) / 2 ** 52
  })

test('writes a number with few decimal places as the shortest text does, and no other', () => {
  let written = 0
  fc.assert(
    fc.property(fc.oneof(DECIMAL, fc.double()), value => {
      const page = Buffer.alloc(MAX_NUMBER_BYTES + 2, '.')
      const size = writeDecimal(page, 1, value)
      if (size > 0) written++
      expect(page.toString('latin1')).toBe(`.${size > 0 ? value : ''}`.padEnd(page.length, '.'))
    }),
    { numRuns: 20_000 },
  )
  expect(written).toBeGreaterThan(100)
})

test.each([0.5, 1.25, 12_345.375, 0.000001, 999_999_999.999999, 100.01, 2.5, 1_000_000.5])(
  'writes %d without asking the engine',
  value => {
    const page = Buffer.alloc(MAX_NUMBER_BYTES)
    expect(page.toString('latin1', 0, writeDecimal(page, 0, value))).toBe(String(value))
  },
)

test.each([0, -1.5, Number.NaN, Number.POSITIVE_INFINITY, 0.1 + 0.2, 1e-7, 1e15, 2 ** 32 + 2 ** -20])(
  'leaves %d to the engine',
  value => expect(writeDecimal(Buffer.alloc(MAX_NUMBER_BYTES), 0, value)).toBe(0),
)
