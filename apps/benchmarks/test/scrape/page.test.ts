import { expect, test } from 'vitest'
import { boundaries } from '../../src/boundaries.ts'
import { checkPage } from '../../src/scrape/page.ts'
import {
  addRound,
  type ExpectedSeries,
  emptyFleet,
  labelsOf,
  observedValue,
  usualSize,
} from '../../src/scrape/series.ts'

const fleet = emptyFleet(usualSize)
addRound(fleet, 16, 0)
addRound(fleet, 16, 1)
const page = render(fleet)

function render(series: ExpectedSeries[]): string {
  const lines = ['# TYPE http_request_duration histogram', 'process_start_time_seconds 1']
  for (const [index, { count, sum, buckets }] of series.entries()) {
    const { method, route, status } = labelsOf(index)
    const labels = `method="${method}",route="${route}",status="${status}"`
    let cumulative = 0
    for (const [bucket, own] of buckets.entries()) {
      cumulative += own
      lines.push(`http_request_duration_bucket{le="${boundaries[bucket] ?? '+Inf'}",${labels}} ${cumulative}`)
    }
    lines.push(
      `http_request_duration_sum{${labels}} ${sum}`,
      `http_request_duration_count{${labels}} ${count}`,
    )
  }
  return lines.join('\n')
}

test('the series of a member differ, and every value is a positive multiple of 1/8', () => {
  expect(new Set(Array.from({ length: 5000 }, (_, series) => JSON.stringify(labelsOf(series)))).size).toBe(
    5000,
  )
  for (let series = 0; series < 5000; series++) {
    const value = observedValue(3, series, 2, 0)
    expect(value > 0 && Number.isInteger(value * 8)).toBe(true)
  }
})

test('the values of a round reach every bucket', () => {
  const all = boundaries.map((_, bucket) => fleet.some(one => one.buckets[bucket] > 0))
  expect(all.filter(Boolean).length).toBeGreaterThanOrEqual(boundaries.length - 1)
  expect(fleet[0].count).toBe(16 * 5)
})

test('a page that is exactly right passes', () => {
  checkPage(page, fleet)
})

test('a sum that is off by an eighth is an error', () => {
  const wrong = fleet.map((one, index) => (index === 4999 ? { ...one, sum: one.sum + 0.125 } : one))
  expect(() => checkPage(page, wrong)).toThrow(/but it should be/)
})

test('a page of the round before is an error', () => {
  const stale = emptyFleet(usualSize)
  addRound(stale, 16, 0)
  expect(() => checkPage(render(stale), fleet)).toThrow(/but it should be/)
})

test('a page without one of the series is an error', () => {
  expect(() => checkPage(render(fleet.slice(1)), fleet)).toThrow('the page has 4999 series, not 5000')
})
