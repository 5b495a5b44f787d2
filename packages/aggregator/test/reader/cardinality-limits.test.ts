import { AggregationTemporality, InstrumentType } from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { testProvider } from '../provider.ts'
import { collect, PullReader } from './pull-reader.ts'

const { DELTA } = AggregationTemporality

test("above a reader's own limit its series are reported together, exactly, and others see all", async () => {
  const few = new PullReader({ cardinalitySelector: () => 4 })
  const fewDeltas = new PullReader({
    cardinalitySelector: () => 4,
    aggregationTemporalitySelector: () => DELTA,
  })
  const all = new PullReader()
  const { meter } = testProvider({ readers: [few, fewDeltas, all] })
  const [orders, latency] = [meter.createCounter('orders'), meter.createHistogram('latency')]
  for (let id = 0; id < 10; id++) {
    orders.add(id, { id })
    latency.record(id, { id })
  }
  const expected = {
    'orders{"id":0}': 0,
    'orders{"id":1}': 1,
    'orders{"id":2}': 2,
    'orders{"otel.metric.overflow":true}': 42,
    'latency{"id":0}': 1,
    'latency{"id":1}': 1,
    'latency{"id":2}': 1,
    'latency{"otel.metric.overflow":true}': 7,
  }
  expect((await collect(few)).values).toEqual(expected)
  expect((await collect(fewDeltas)).values).toEqual(expected)
  orders.add(5, { id: 1 })
  orders.add(7, { id: 9 })
  expect((await collect(few)).values).toMatchObject({
    'orders{"id":1}': 6,
    'orders{"otel.metric.overflow":true}': 49,
  })
  expect((await collect(fewDeltas)).values).toEqual({
    'orders{"id":1}': 5,
    'orders{"otel.metric.overflow":true}': 7,
  })
  const { values } = await collect(all)
  expect(Object.keys(values)).toHaveLength(20)
  expect(values).toMatchObject({ 'orders{"id":9}': 16, 'latency{"id":9}': 1 })
})

test("where a reader says no limit of its own, the provider's holds", async () => {
  const reader = new PullReader()
  const { meter } = testProvider({ readers: [reader], cardinalityLimit: 5_000 })
  const orders = meter.createCounter('orders')
  for (let id = 0; id < 3_000; id++) orders.add(1, { id })
  expect(Object.keys((await collect(reader)).values)).toHaveLength(3_000)
})

test('a reader that asks for more series than the provider records gets them', async () => {
  const more = new PullReader({
    cardinalitySelector: kind => (kind === InstrumentType.COUNTER ? 300 : 2_000),
  })
  const { meter } = testProvider({ readers: [more, new PullReader()], cardinalityLimit: 100 })
  const [orders, latency] = [meter.createCounter('orders'), meter.createHistogram('latency')]
  for (let id = 0; id < 250; id++) {
    orders.add(1, { id })
    latency.record(1, { id })
  }
  const names = Object.keys((await collect(more)).values)
  expect(names.filter(name => name.startsWith('orders'))).toHaveLength(250)
  expect(names.filter(name => name.startsWith('latency'))).toHaveLength(100)
})

test("a view's limit comes before a reader's", async () => {
  const reader = new PullReader({ cardinalitySelector: () => 3 })
  const views = [{ instrumentName: 'orders', aggregationCardinalityLimit: 5 }]
  const { meter } = testProvider({ readers: [reader], views })
  const [orders, returns] = [meter.createCounter('orders'), meter.createCounter('returns')]
  for (let id = 0; id < 9; id++) {
    orders.add(1, { id })
    returns.add(1, { id })
  }
  const { values } = await collect(reader)
  expect(values).toMatchObject({
    'orders{"otel.metric.overflow":true}': 5,
    'returns{"otel.metric.overflow":true}': 7,
  })
  expect(Object.keys(values).filter(name => !name.startsWith('tutti.'))).toHaveLength(5 + 3)
})
