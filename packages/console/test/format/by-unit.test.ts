import { expect, test } from 'vitest'
import { age, inUnit, unitOf } from '../../src/format/by-unit.ts'

test('values are written in their unit', () => {
  expect([0, 0.0004, 0.25, Number.NaN].map(value => inUnit(value, 'seconds'))).toEqual([
    ...['0 s', '400 µs', '250 ms', '–'],
  ])
  expect([0, 0.00042, 0.0123, 0.5, 1].map(value => inUnit(value, 'ratio'))).toEqual([
    ...['0 %', '0.042 %', '1.2 %', '50 %', '100 %'],
  ])
  expect([0, 0.123, 12.34, 1234.5].map(value => inUnit(value, 'rate'))).toEqual([
    ...['0/s', '0.12/s', '12.3/s', '1,235/s'],
  ])
  expect([inUnit(1536, 'bytes'), inUnit(1536, 'byteRate'), inUnit(7, 'count')]).toEqual([
    ...['1.5 KiB', '1.5 KiB/s', '7'],
  ])
  expect([5, 65, 3_725, 90_000].map(age)).toEqual(['5 s', '1 min 5 s', '1 h 2 min', '1 d 1 h'])
})

test('a name says its unit', () => {
  expect(unitOf('gc_duration_seconds', 'value')).toBe('seconds')
  expect(unitOf('gc_duration_seconds', 'rate')).toBe('rate')
  expect(unitOf('sent_bytes_total', 'rate')).toBe('byteRate')
  expect(unitOf('orders_total', 'value')).toBe('count')
})
