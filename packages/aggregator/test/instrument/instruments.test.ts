import { ValueType } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { testProvider } from '../provider.ts'

test('a counter adds up, in whatever order its attributes are written', async () => {
  const { meter, page } = testProvider()
  const counter = meter.createCounter('orders')
  counter.add(1, { country: 'ch', tier: 'gold' })
  counter.add(2.5, { tier: 'gold', country: 'ch' })
  counter.add(4)
  expect(await page()).toMatchObject({ 'orders_total{country="ch",tier="gold"}': 3.5, orders_total: 4 })
})

test('a bound handle and a lookup reach the same series', async () => {
  const { meter, page } = testProvider()
  const counter = meter.createCounter('orders')
  counter.bind({ country: 'ch' }).add(2)
  counter.add(3, { country: 'ch' })
  expect(await page()).toMatchObject({ 'orders_total{country="ch"}': 5 })
})

test('a histogram counts each value in its bucket, sums them, and a boundary belongs to the bucket below', async () => {
  const { meter, page } = testProvider()
  const histogram = meter.createHistogram('latency', {
    unit: 's',
    advice: { explicitBucketBoundaries: [0.1, 1] },
  })
  for (const value of [0.05, 0.1, 0.5, 7]) histogram.record(value, { route: '/' })
  expect(await page()).toMatchObject({
    'latency_seconds_bucket{route="/",le="0.1"}': 2,
    'latency_seconds_bucket{route="/",le="1"}': 3,
    'latency_seconds_bucket{route="/",le="+Inf"}': 4,
    'latency_seconds_sum{route="/"}': 7.65,
    'latency_seconds_count{route="/"}': 4,
  })
})

test("a histogram without advice has the SDK's default buckets", async () => {
  const { meter, page } = testProvider()
  meter.createHistogram('size').record(30)
  const bounds = Object.keys(await page()).flatMap(name => /^size_bucket\{le="(.*)"\}$/.exec(name)?.[1] ?? [])
  expect(bounds.join()).toBe('0,5,10,25,50,75,100,250,500,750,1000,2500,5000,7500,10000,+Inf')
})

test('an up-down counter goes both ways, a gauge says the last', async () => {
  const { meter, page } = testProvider()
  const connections = meter.createUpDownCounter('connections')
  connections.add(5)
  connections.add(-7)
  const temperature = meter.createGauge('temperature', { unit: 'Cel' })
  temperature.record(20)
  temperature.record(-3.5)
  expect(await page()).toMatchObject({ connections: -2, temperature_celsius: -3.5 })
})

test('observables show what their callbacks observed last, and nothing that they no longer observe', async () => {
  const { meter, page } = testProvider()
  let queues = { fast: 3, slow: 9 } as Record<string, number>
  meter.createObservableGauge('depth').addCallback(result => {
    for (const [queue, depth] of Object.entries(queues)) result.observe(depth, { queue })
  })
  meter.createObservableCounter('ticks').addCallback(result => result.observe(12))
  meter.createObservableUpDownCounter('open').addCallback(async result => result.observe(-4))
  await page()
  expect(await page()).toMatchObject({
    'depth{queue="fast",worker="0"}': 3,
    'depth{queue="slow",worker="0"}': 9,
    ticks_total: 12,
    open: -4,
  })
  queues = { fast: 4 }
  const later = await page()
  expect(later['depth{queue="fast",worker="0"}']).toBe(4)
  expect(later).not.toHaveProperty('depth{queue="slow",worker="0"}')
})

test('a batch callback observes several instruments at once, until it is removed', async () => {
  const { meter, page } = testProvider()
  const used = meter.createObservableGauge('used')
  const free = meter.createObservableGauge('free')
  const other = meter.createObservableGauge('other')
  const callback = (result: import('@opentelemetry/api').BatchObservableResult) => {
    result.observe(used, 1)
    result.observe(free, 2)
    result.observe(other, 3)
  }
  meter.addBatchObservableCallback(callback, [used, free])
  const during = await page()
  expect(during).toMatchObject({ 'used{worker="0"}': 1, 'free{worker="0"}': 2 })
  expect(during).not.toHaveProperty('other{worker="0"}')
  meter.removeBatchObservableCallback(callback, [free, used])
  expect(Object.keys(await page()).filter(name => /^(used|free)/.test(name))).toEqual([])
})

test("what can't be recorded is ignored, counted, said once, and makes no series", async () => {
  const { meter, page, warnings } = testProvider()
  const counter = meter.createCounter('orders')
  for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY, '5' as never, undefined as never])
    counter.add(bad, { a: 1 })
  const hostile = {
    get a(): string {
      throw new Error('no')
    },
  }
  counter.add(1, hostile)
  meter.createHistogram('latency').record(-0.5)
  const samples = await page()
  expect(samples).toMatchObject({
    'tutti_rejected_measurements_total{instrument="orders"}': 6,
    'tutti_rejected_measurements_total{instrument="latency"}': 1,
  })
  expect(Object.keys(samples).filter(name => /^(orders|latency)/.test(name))).toEqual([])
  expect(warnings).toEqual([
    'orders: -1 is negative; such measurements are ignored.',
    'latency: -0.5 is negative; such measurements are ignored.',
  ])
})

test('an INT instrument drops the fraction', async () => {
  const { meter, page } = testProvider()
  const counter = meter.createCounter('orders', { valueType: ValueType.INT })
  counter.add(1.9)
  counter.add(2.9)
  expect(await page()).toMatchObject({ orders_total: 3 })
})

test('above the cardinality limit everything still counts, together', async () => {
  const { meter, page, warnings } = testProvider({ cardinalityLimit: 10 })
  const counter = meter.createCounter('orders')
  for (let id = 0; id < 100; id++) counter.add(1, { id })
  for (let id = 0; id < 100; id++) counter.add(1, { id })
  const samples = Object.entries(await page()).filter(([name]) => name.startsWith('orders_total'))
  expect(samples).toHaveLength(10)
  expect(Object.fromEntries(samples)).toMatchObject({
    'orders_total{id="0"}': 2,
    'orders_total{id="8"}': 2,
    'orders_total{otel_metric_overflow="true"}': 182,
  })
  expect(warnings).toHaveLength(1)
})

test('an instrument asked for twice is one; defined twice it is two, and a warning names it', async () => {
  const { meter, page, warnings } = testProvider()
  meter.createCounter('orders').add(1)
  meter.createCounter('Orders').add(2)
  expect(warnings).toEqual(['instrument orders of test is also asked for as Orders: it is the same one.'])
  meter.createUpDownCounter('orders').add(7)
  expect(await page()).toMatchObject({ orders_total: 3, orders: 7 })
  expect(warnings).toHaveLength(2)
  expect(warnings[1]).toContain('instrument orders of test is defined twice')
})

test('a failing callback spoils neither the others nor the app', async () => {
  const { meter, page, warnings } = testProvider()
  meter.createObservableGauge('broken').addCallback(() => {
    throw new Error('nope')
  })
  meter.createObservableGauge('rejecting').addCallback(async () => {
    throw new Error('nope either')
  })
  meter.createObservableGauge('fine').addCallback(result => result.observe(1))
  expect(await page()).toMatchObject({
    'fine{worker="0"}': 1,
    'tutti_failed_callbacks_total{instrument="broken"}': 1,
    'tutti_failed_callbacks_total{instrument="rejecting"}': 1,
  })
  expect(warnings).toEqual([
    'a callback of broken failed (Error: nope)',
    'a callback of rejecting failed (Error: nope either)',
  ])
})
