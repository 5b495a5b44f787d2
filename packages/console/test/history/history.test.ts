import { expect, test } from 'vitest'
import { History } from '../../src/history/history.ts'

const look = (values: Record<string, number>) => new Map(Object.entries(values))

test('what was seen is given back in order, with gaps where a track was silent', () => {
  const history = new History()
  history.record(1, look({ a: 10 }))
  history.record(2, look({ b: 5 }))
  history.record(3, look({ a: 30, b: 6 }))
  expect([...history.times(0)]).toEqual([1, 2, 3])
  expect([...history.values('a', 0)]).toEqual([10, Number.NaN, 30])
  expect([...history.values('b', 0)]).toEqual([Number.NaN, 5, 6])
  expect([...history.values('none', 0)]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  expect([history.last('a'), history.last('none')]).toEqual([30, Number.NaN])
  expect(history.names('')).toEqual(['a', 'b'])
})

test('only so much is kept, and only so much is given as is asked for', () => {
  const history = new History(3)
  for (let at = 1; at <= 5; at++) history.record(at, look({ a: at * 10 }))
  expect([...history.times(0)]).toEqual([3, 4, 5])
  expect([...history.values('a', 0)]).toEqual([30, 40, 50])
  expect([...history.values('a', 4)]).toEqual([40, 50])
  expect([...history.times(6)]).toEqual([])
})

test('there are only so many tracks; those that have nothing to show make room', () => {
  const history = new History(2, 2)
  history.record(1, look({ a: 1, b: 1, c: 1 }))
  expect(history.names('')).toEqual(['a', 'b'])
  // After two looks nothing of them is left, and after a while that is noticed.
  for (let at = 2; at <= 70; at++) history.record(at, look({ a: 1, c: at }))
  expect(history.names('')).toEqual(['a', 'c'])
  expect([...history.values('c', 0)]).toEqual([69, 70])
})
