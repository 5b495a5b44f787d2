import {
  type AggregationOption,
  AggregationTemporality,
  AggregationType,
  DataPointType,
  type ExponentialHistogram,
  InstrumentType,
} from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { readMetrics } from '../../src/merge/read-metrics.ts'
import { testProvider } from '../provider.ts'
import { collect, PullReader } from './pull-reader.ts'

const { DEFAULT, DROP, EXPONENTIAL_HISTOGRAM, EXPLICIT_BUCKET_HISTOGRAM, SUM } = AggregationType

/** A reader that selects an aggregation for one kind of instrument. */
function selecting(kind: InstrumentType, option: AggregationOption, delta = false) {
  return new PullReader({
    aggregationSelector: each => (each === kind ? option : { type: DEFAULT }),
    aggregationTemporalitySelector: () => AggregationTemporality[delta ? 'DELTA' : 'CUMULATIVE'],
  })
}

/** Of each metric its type. */
async function typesOf(reader: PullReader): Promise<Record<string, string>> {
  const { resourceMetrics } = await collect(reader)
  const metrics = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)
  const types = metrics.map(({ descriptor, dataPointType }) => [
    descriptor.name,
    DataPointType[dataPointType],
  ])
  expect(new Set(types.map(([name]) => name)).size).toBe(types.length)
  return Object.fromEntries(types)
}

test('each reader sees the aggregation that it selects, and the page the default', async () => {
  const plain = new PullReader()
  const exponential = selecting(InstrumentType.HISTOGRAM, { type: EXPONENTIAL_HISTOGRAM })
  const dropping = selecting(InstrumentType.HISTOGRAM, { type: DROP })
  const { meter, page, directory, warnings } = testProvider({ readers: [plain, exponential, dropping] })
  const latency = meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1] } })
  for (const value of [0.5, 2, 4]) latency.record(value)
  latency.bind({}).record(8)
  meter.createCounter('orders').add(1)
  expect(await typesOf(plain)).toEqual({ latency: 'HISTOGRAM', orders: 'SUM' })
  expect(await typesOf(exponential)).toEqual({ latency: 'EXPONENTIAL_HISTOGRAM', orders: 'SUM' })
  expect(await typesOf(dropping)).toEqual({ orders: 'SUM' })
  const { resourceMetrics } = await collect(exponential)
  const [latencies] = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)
  expect(latencies.dataPoints[0].value as ExponentialHistogram).toMatchObject({
    count: 4,
    sum: 14.5,
    min: 0.5,
  })
  const samples = await page()
  expect(samples).toMatchObject({ 'latency_bucket{le="1"}': 1, latency_count: 4 })
  expect(Object.keys(samples).filter(name => name.startsWith('latency'))).toHaveLength(4)
  expect((await readMetrics(directory)).scopeMetrics.flatMap(({ metrics }) => metrics)).toHaveLength(2)
  expect(warnings).toEqual([])
})

test('two readers that select the same share one stream, and one recording serves both', async () => {
  const option: AggregationOption = { type: EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [3] } }
  const readers = [true, false].map(delta => selecting(InstrumentType.HISTOGRAM, option, delta))
  const { meter } = testProvider({ readers })
  meter.createHistogram('latency').record(2)
  for (const reader of readers) {
    const { resourceMetrics } = await collect(reader)
    const [{ dataPoints }] = resourceMetrics.scopeMetrics[0].metrics
    expect(dataPoints[0].value).toMatchObject({ buckets: { boundaries: [3], counts: [1, 0] } })
  }
})

test('an aggregation that a view names is for every reader, one that it leaves open is as each selects', async () => {
  const exponential = selecting(InstrumentType.HISTOGRAM, { type: EXPONENTIAL_HISTOGRAM })
  const dropping = selecting(InstrumentType.HISTOGRAM, { type: DROP })
  const { meter, page } = testProvider({
    readers: [exponential, dropping],
    views: [
      { instrumentName: 'size', aggregation: { type: SUM } },
      { instrumentName: 'latency', name: 'delay' },
    ],
  })
  meter.createHistogram('size').record(7)
  meter.createHistogram('latency').record(1)
  expect(await typesOf(exponential)).toEqual({ size: 'SUM', delay: 'EXPONENTIAL_HISTOGRAM' })
  expect(await typesOf(dropping)).toEqual({ size: 'SUM' })
  expect(await page()).toMatchObject({ size_total: 7, delay_count: 1 })
})

test('a histogram of what is observed makes no sense: the default is collected', async () => {
  const reader = new PullReader({ aggregationSelector: () => ({ type: EXPONENTIAL_HISTOGRAM }) })
  const { meter } = testProvider({ readers: [reader] })
  meter.createObservableCounter('ticks').addCallback(result => result.observe(3))
  meter.createCounter('orders').add(2)
  expect(await typesOf(reader)).toEqual({ ticks: 'SUM', orders: 'EXPONENTIAL_HISTOGRAM' })
})

test('what can not be meant is said, and the default is collected', async () => {
  const options = { maxSize: 1 }
  const reader = selecting(InstrumentType.HISTOGRAM, { type: EXPONENTIAL_HISTOGRAM, options })
  const { meter, warnings } = testProvider({ readers: [reader] })
  meter.createHistogram('latency').record(1)
  expect(await typesOf(reader)).toEqual({ latency: 'HISTOGRAM' })
  expect(warnings).toEqual([
    'the aggregation that a reader selects for HISTOGRAM is the default one instead: it has an exponential ' +
      'histogram of maxSize 1. Give a whole number from 2 to 10000.',
  ])
})
