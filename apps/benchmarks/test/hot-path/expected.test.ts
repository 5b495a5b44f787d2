import { expect, test } from 'vitest'
import { boundaries } from '../../src/boundaries.ts'
import { checkTotals, type SeriesTotal } from '../../src/hot-path/expected.ts'
import { labelSets, order, values, wrap } from '../../src/hot-path/workload.ts'

/** Records as the measured loops do, one call at a time. */
function recordHistogram(rounds: number[]): SeriesTotal[] {
  const series = labelSets.map(labels => ({
    ...labels,
    count: 0,
    sum: 0,
    buckets: new Array(boundaries.length + 1).fill(0),
  }))
  for (const calls of rounds) {
    for (let call = 0; call < calls; call++) {
      const value = values[call & wrap]
      const one = series[order[call & wrap]]
      const bucket = boundaries.findIndex(boundary => value <= boundary)
      one.buckets[bucket === -1 ? boundaries.length : bucket] += 1
      one.count += 1
      one.sum += value
    }
  }
  return series
}

test('the 64 label sets differ', () => {
  expect(new Set(labelSets.map(set => JSON.stringify(set))).size).toBe(64)
})

test('every label set and nearly every bucket is used', () => {
  const series = recordHistogram([4096])
  expect(series.every(one => one.count > 0)).toBe(true)
  const used = boundaries.filter((_, index) => series.some(one => one.buckets![index] > 0))
  expect(used.length).toBeGreaterThanOrEqual(boundaries.length - 1)
})

test('totals that were recorded call by call pass, whole turns and rests alike', () => {
  checkTotals('test', { histogram: recordHistogram([10_000, 4096, 3]) }, [10_000, 4096, 3])
})

test('one lost call is an error that names the peer, the series and both totals', () => {
  const histogram = recordHistogram([10_000])
  histogram[5].count -= 1
  expect(() => checkTotals('a peer', { histogram }, [10_000])).toThrow(
    /a peer: histogram of .* but should be/,
  )
})

test('a missing series is an error', () => {
  expect(() => checkTotals('a peer', { histogram: recordHistogram([10_000]).slice(1) }, [10_000])).toThrow(
    'a peer: histogram has 63 series, not 64',
  )
})
