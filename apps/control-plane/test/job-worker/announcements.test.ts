import { expect, test } from 'vitest'
import { Announcements } from '../../src/job-worker/announcements.ts'

const one = { kind: 'import', id: '1' } as const
const other = { kind: 'export', id: '1' } as const

test('what was told is not told again, until the queue may have forgotten it', () => {
  let nowMs = 0
  const announcements = new Announcements(() => nowMs)
  expect(announcements.has(one)).toBe(false)
  announcements.add(one)
  expect([announcements.has(one), announcements.has(other)]).toEqual([true, false])
  nowMs = 2_999
  expect(announcements.has(one)).toBe(true)
  nowMs = 3_000
  expect(announcements.has(one)).toBe(false)
})

test('one that somebody has taken and let go of is told at once', () => {
  const announcements = new Announcements(() => 0)
  announcements.add(one)
  announcements.add(other)
  announcements.keepOnly([other])
  expect([announcements.has(one), announcements.has(other)]).toEqual([false, true])
})
