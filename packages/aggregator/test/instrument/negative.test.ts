import { AggregationType, type ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { readMetrics } from '../../src/index.ts'
import { testProvider } from '../provider.ts'
import { collect, PullReader } from '../reader/pull-reader.ts'

const EXPONENTIAL = { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 4 } } as const

/** What two series of an instrument hold that measures below zero, in exponential buckets. */
function values({ scopeMetrics }: ResourceMetrics): unknown[] {
  const metrics = scopeMetrics.flatMap(({ metrics }) => metrics)
  const size = metrics.find(({ descriptor }) => descriptor.name === 'size')
  return size!.dataPoints.map(({ value }) => value)
}

const EXPECTED = [
  {
    count: 6,
    scale: -1,
    zeroCount: 0,
    min: -16,
    max: 1,
    positive: { offset: -1, bucketCounts: [1] },
    negative: { offset: -1, bucketCounts: [1, 2, 2] },
  },
  {
    count: 1,
    scale: 20,
    zeroCount: 0,
    min: 8,
    max: 8,
    positive: { offset: 3 * 2 ** 20 - 1, bucketCounts: [1] },
    negative: { offset: 0, bucketCounts: [] },
  },
]

test('where a histogram measures below zero a view’s exponential buckets hold that, and spoil no other series', async () => {
  const { meter, directory } = testProvider({
    views: [{ instrumentName: 'size', aggregation: EXPONENTIAL }],
  })
  const histogram = meter.createHistogram('size', { negative: true })
  histogram.record(1, { of: 'a' })
  histogram.record(8, { of: 'b' })
  for (const value of [-1, -2, -4, -8, -16]) histogram.record(value, { of: 'a' })
  expect(values(await readMetrics(directory))).toEqual(EXPECTED)
})

test('the same with exponential buckets that a reader selects', async () => {
  const reader = new PullReader({ aggregationSelector: () => EXPONENTIAL })
  const { meter } = testProvider({ readers: [reader] })
  const histogram = meter.createHistogram('size', { negative: true })
  histogram.record(1, { of: 'a' })
  histogram.record(8, { of: 'b' })
  for (const value of [-1, -2, -4, -8, -16]) histogram.record(value, { of: 'a' })
  const { resourceMetrics } = await collect(reader)
  expect(values(resourceMetrics)).toEqual(EXPECTED)
})
