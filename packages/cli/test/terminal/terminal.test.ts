import { byteCount, duration, quantity } from '@tutti/console'
import { expect, test } from 'vitest'
import { cut } from '../../src/terminal/cut.ts'
import { printable } from '../../src/terminal/printable.ts'
import { hasColor } from '../../src/terminal/style.ts'

test('what a terminal would obey is shown as an escape', () => {
  expect(printable('a\u001b[2Jb\u009b\u202ec\nü')).toBe('a\\u001b[2Jb\\u009b\\u202ec\\u000aü')
})

test('a line is cut where the terminal ends, and its style with it', () => {
  expect(cut('abcdef', 3)).toBe('abc')
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('\u001b[31mabcdef\u001b[39m', 3)).toBe('\u001b[31mabc\u001b[0m')
})

test('values are written in the unit that fits them', () => {
  expect([0.0004, 0.0215, 1.5, 300, 90_000, 1e6].map(duration)).toEqual([
    ...['400 us', '22 ms', '1.5 s', '5 min', '25 h', '11 d'],
  ])
  expect([0, 1023, 1536, 12_582_912].map(byteCount)).toEqual(['0 B', '1023 B', '1.5 KiB', '12 MiB'])
  expect([0, 1234, 0.12345, 1_795_166_661.05, Number.NaN, Number.POSITIVE_INFINITY].map(quantity)).toEqual([
    ...['0', '1,234', '0.1235', '1,795,166,661', 'NaN', '+Inf'],
  ])
})

test('colour is for terminals that have it and people who want it', () => {
  expect(hasColor({ isTTY: true }, {})).toBe(true)
  expect(hasColor({ isTTY: false }, {})).toBe(false)
  expect(hasColor({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
  expect(hasColor({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
})
