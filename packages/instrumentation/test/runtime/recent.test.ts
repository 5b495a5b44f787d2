import { expect, test } from 'vitest'
import { MARK_INTERVAL_MS, RecentMark, rarely } from '../../src/runtime/recent.ts'

test('the mark to measure from is between one and two intervals old, however often somebody looks', () => {
  let nowMs = 0
  const mark = new RecentMark(
    () => nowMs,
    () => nowMs,
  )
  const ages: number[] = []
  for (; nowMs <= 5 * MARK_INTERVAL_MS; nowMs += MARK_INTERVAL_MS / 3) {
    ages.push((nowMs - mark.get()) / MARK_INTERVAL_MS, (nowMs - mark.get()) / MARK_INTERVAL_MS)
  }
  const thirds = ages.map(age => Math.round(age * 3))
  const first = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
  const later = [3, 3, 4, 4, 5, 5]
  expect(thirds).toEqual([...first, ...later, ...later, ...later, 3, 3])
})

test('what is dear to learn is learnt once an interval', () => {
  let nowMs = 0
  let calls = 0
  const value = rarely(
    () => ++calls,
    () => nowMs,
  )
  expect([value(), value()]).toEqual([1, 1])
  nowMs = MARK_INTERVAL_MS - 1
  expect(value()).toBe(1)
  nowMs = MARK_INTERVAL_MS
  expect([value(), value()]).toEqual([2, 2])
})
