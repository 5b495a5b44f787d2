import { expect, test } from 'vitest'
import { inUnit } from '../../pictures/browser/units.ts'

test.each([
  [0.000_25, 's', '250 µs'],
  [0.0123, 's', '12.3 ms'],
  [87.7, 's', '87.7 s'],
  [3_600, 's', '60 min'],
  [86_400 * 3, 's', '3 d'],
  [0.856, 'percentunit', '85.6 %'],
  [1_536, 'bytes', '1.5 KiB'],
  [1_048_576, 'bytes', '1 MiB'],
  [1_234, 'reqps', '1.23 K req/s'],
  [0.5, 'ops', '0.5 /s'],
  [3_050, 'short', '3.05 K'],
  [-14.5, 'percentunit', '-1450 %'],
])('%d in %s is "%s"', (value, unit, text) => {
  expect(inUnit(value, unit)).toBe(text)
})
