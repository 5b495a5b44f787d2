import {
  AggregationType,
  createAllowListAttributesProcessor as allow,
  createDenyListAttributesProcessor as deny,
  InstrumentType,
} from '@opentelemetry/sdk-metrics'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testProvider } from '../provider.ts'
import { metricsOf } from './metrics-of.ts'

test('views of different names make several streams of one instrument', async () => {
  const { meter, page, warnings } = testProvider({
    views: [
      { instrumentName: 'latency', name: 'latency.count', aggregation: { type: AggregationType.SUM } },
      { instrumentName: 'latency', attributesProcessors: [allow([])] },
    ],
  })
  const latency = meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1] } })
  latency.record(3, { route: '/' })
  latency.record(-3, { route: '/' })
  const bound = latency.bind({ route: '/b' })
  bound.record(4)
  bound.record(Number.NaN)
  expect(await page()).toMatchObject({
    'latency_count_total{route="/"}': 3,
    'latency_count_total{route="/b"}': 4,
    latency_sum: 7,
    'latency_bucket{le="1"}': 0,
    'tutti_rejected_measurements_total{instrument="latency"}': 2,
  })
  expect(warnings).toEqual(['latency: -3 is negative; such measurements are ignored.'])
})

test('two views that lead to the same stream record a measurement once', async () => {
  const { meter, page, warnings } = testProvider({
    views: [
      { instrumentName: 'orders' },
      { instrumentName: '*' },
      { instrumentType: InstrumentType.COUNTER },
    ],
  })
  const orders = meter.createCounter('orders')
  orders.add(1)
  orders.bind({}).add(1)
  expect(await page()).toMatchObject({ orders_total: 2 })
  expect(warnings).toEqual([])
})

test('conflicting views are both applied and kept apart, and a warning says how to resolve it', async () => {
  const tested = testProvider({
    views: [{ instrumentName: 'orders' }, { instrumentName: '*', attributesProcessors: [allow(['a'])] }],
  })
  tested.meter.createCounter('orders').add(1, { a: 1, b: 1 })
  tested.meter.createCounter('orders').add(2, { a: 1 })
  const streams = (await metricsOf(tested)).map(({ dataPoints }) =>
    dataPoints.map(({ attributes, value }) => ({ ...attributes, value })),
  )
  expect(streams).toEqual([
    [
      { a: 1, b: 1, value: 1 },
      { a: 1, value: 2 },
    ],
    [{ a: 1, value: 3 }],
  ])
  expect(await tested.page()).toMatchObject({
    'orders_total{a="1",b="1"}': 1,
    'orders_total{a="1"}': 2,
    'orders_total{a="1",tutti_definition="2"}': 3,
  })
  expect(tested.warnings[0]).toBe(
    'instrument orders of test is defined twice, with different options of its views: both are kept apart on ' +
      'the page. Give one of the views that select it a name, or let only one of them select it.',
  )
})

test('two instruments that a view gives one name are one stream', async () => {
  const { meter, page, warnings } = testProvider({
    views: [
      { instrumentName: 'old.orders', name: 'orders' },
      { instrumentName: 'new.orders', name: 'orders' },
    ],
  })
  meter.createCounter('old.orders').add(1)
  meter.createCounter('new.orders').add(2)
  expect(await page()).toMatchObject({ orders_total: 3 })
  expect(warnings).toEqual([])
})

test('whatever views there are, no stream counts a measurement twice or loses one', async () => {
  const option = fc.record(
    {
      instrumentName: fc.constantFrom('orders', '*', 'ord*', 'other'),
      attributesProcessors: fc.subarray([allow(['a']), deny(['a']), allow([])]),
      aggregationCardinalityLimit: fc.integer({ min: 1, max: 4 }),
      description: fc.constantFrom('x', 'xyz'),
    },
    { requiredKeys: ['instrumentName'] },
  )
  const measurement = fc.record({ value: fc.nat(9), a: fc.nat(2), b: fc.nat(2) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(option, { maxLength: 4 }),
      fc.array(measurement, { minLength: 1, maxLength: 20 }),
      async (views, measurements) => {
        const tested = testProvider({ views })
        const orders = tested.meter.createCounter('orders')
        for (const { value, ...attributes } of measurements) orders.add(value, attributes)
        const total = measurements.reduce((sum, { value }) => sum + value, 0)
        for (const { dataPoints } of await metricsOf(tested)) {
          expect(dataPoints.reduce((sum, { value }) => sum + Number(value), 0)).toBe(total)
        }
        await tested.provider.shutdown()
      },
    ),
    { numRuns: 30 },
  )
})
