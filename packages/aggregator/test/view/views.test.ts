import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import {
  AggregationType,
  createAllowListAttributesProcessor as allow,
  createDenyListAttributesProcessor as deny,
  InstrumentType,
  type MetricData,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMetrics } from '../../src/merge/read-metrics.ts'
import { testProvider } from '../provider.ts'

/** The app's metrics, by name: what the readers of the directory get. */
async function metricsOf({ provider, directory }: ReturnType<typeof testProvider>): Promise<MetricData[]> {
  await provider.forceFlush()
  const { scopeMetrics } = await readMetrics(directory)
  return scopeMetrics.filter(({ scope }) => scope.name === 'test').flatMap(({ metrics }) => metrics)
}

test('a view renames and describes an instrument, in whatever words', async () => {
  const { meter, page, warnings } = testProvider({
    views: [
      { instrumentName: 'orders', name: 'Bestellungen (alle)', description: 'Orders of all countries.' },
      { instrumentName: 'odd', name: '×' },
    ],
  })
  meter.createCounter('orders').add(2)
  meter.createGauge('odd').record(7)
  expect(await page()).toMatchObject({ Bestellungen_alle_total: 2, _: 7 })
  expect(await page()).not.toHaveProperty('orders_total')
  expect(warnings).toEqual([])
})

test('attributes that a view leaves out are added up, whatever they say', async () => {
  const { meter, page } = testProvider({
    views: [{ instrumentName: 'orders', attributesProcessors: [allow(['country', 'tier']), deny(['tier'])] }],
  })
  const orders = meter.createCounter('orders')
  for (let user = 0; user < 100; user++) orders.add(1, { user, country: 'ch', tier: 'gold' })
  orders.add(5, { tier: 'none' })
  orders.bind({ country: 'ch', user: 'bound' }).add(10)
  expect(await page()).toMatchObject({ 'orders_total{country="ch"}': 110, orders_total: 5 })
})

test('a processor sees every set of attributes once, and nothing when they come again', async () => {
  const seen: unknown[] = []
  const counting = {
    process: (attributes: object) => {
      seen.push(attributes)
      return { kind: 'all' }
    },
  }
  const { meter, page } = testProvider({ views: [{ instrumentName: '*', attributesProcessors: [counting] }] })
  const orders = meter.createCounter('orders')
  for (let round = 0; round < 100; round++) {
    orders.add(1, { id: 1 })
    orders.add(1, { id: 2 })
  }
  expect(seen).toEqual([{ id: 1 }, { id: 2 }])
  expect(await page()).toMatchObject({ 'orders_total{kind="all"}': 200 })
})

test('a processor that asks the context is asked every time, with the context of the measurement', async () => {
  const tenant = createContextKey('tenant')
  const byTenant = {
    process: (attributes: object, asked: typeof ROOT_CONTEXT = ROOT_CONTEXT) => ({
      ...attributes,
      tenant: String(asked.setValue(createContextKey('more'), 1).getValue(tenant)),
    }),
  }
  const { meter, page } = testProvider({ views: [{ instrumentName: '*', attributesProcessors: [byTenant] }] })
  const orders = meter.createCounter('orders')
  orders.add(1, { id: 1 }, ROOT_CONTEXT.setValue(tenant, 'a'))
  orders.add(2, { id: 1 }, ROOT_CONTEXT.setValue(tenant, 'b'))
  orders.add(4, { id: 1 }, ROOT_CONTEXT.setValue(tenant, 'a'))
  orders.add(8, { id: 1 }, context.active())
  expect(await page()).toMatchObject({
    'orders_total{id="1",tenant="a"}': 5,
    'orders_total{id="1",tenant="b"}': 2,
    'orders_total{id="1",tenant="undefined"}': 8,
  })
})

test('a processor that throws costs the measurement, and nothing else', async () => {
  const failing = {
    process: () => {
      throw new Error('no')
    },
  }
  const { meter, page } = testProvider({
    views: [{ instrumentName: 'bad', attributesProcessors: [failing] }],
  })
  meter.createCounter('bad').add(1, { a: 1 })
  meter.createCounter('good').add(1, { a: 1 })
  const samples = await page()
  expect(samples).toMatchObject({
    'good_total{a="1"}': 1,
    'tutti_rejected_measurements_total{instrument="bad"}': 1,
  })
})

test('every synchronous instrument can have every aggregation', async () => {
  const kinds = ['Counter', 'UpDownCounter', 'Histogram', 'Gauge'] as const
  const views: ViewOptions[] = [
    { instrumentName: 'sum.*', aggregation: { type: AggregationType.SUM } },
    { instrumentName: 'last.*', aggregation: { type: AggregationType.LAST_VALUE } },
    {
      instrumentName: 'explicit.*',
      aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [2] } },
    },
    { instrumentName: 'exponential.*', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
  ]
  const tested = testProvider({ views })
  for (const kind of kinds) {
    for (const aggregation of ['sum', 'last', 'explicit', 'exponential']) {
      const instrument = tested.meter[`create${kind}`](`${aggregation}.${kind}`)
      const record = (value: number) =>
        'add' in instrument ? instrument.add(value) : instrument.record(value)
      record(1)
      record(4)
    }
  }
  const values = new Map((await metricsOf(tested)).map(each => [each.descriptor.name, each]))
  for (const kind of kinds) {
    const hasSum = kind === 'Counter' || kind === 'Histogram'
    const histogram = { count: 2, min: 1, max: 4, ...(hasSum && { sum: 5 }) }
    expect(values.get(`sum.${kind}`)).toMatchObject({ isMonotonic: hasSum, dataPoints: [{ value: 5 }] })
    expect(values.get(`last.${kind}`)).toMatchObject({ dataPoints: [{ value: 4 }] })
    expect(values.get(`explicit.${kind}`)?.dataPoints[0].value).toMatchObject({
      ...histogram,
      buckets: { boundaries: [2], counts: [1, 1] },
    })
    expect(values.get(`exponential.${kind}`)?.dataPoints[0].value).toMatchObject(histogram)
    expect(Object.hasOwn(values.get(`explicit.${kind}`)?.dataPoints[0].value as object, 'sum')).toBe(hasSum)
  }
  const samples = await tested.page()
  expect(samples).toMatchObject({ explicit_Counter_sum: 5, exponential_Histogram_sum: 5 })
  for (const kind of ['UpDownCounter', 'Gauge']) {
    expect(samples).not.toHaveProperty([`explicit_${kind}_sum`])
    expect(samples).not.toHaveProperty([`exponential_${kind}_sum`])
  }
})

test('observables can be summed or shown; a histogram of totals makes no sense and is not made', async () => {
  const { meter, page, warnings } = testProvider({
    views: [
      { instrumentName: 'depth', aggregation: { type: AggregationType.SUM } },
      { instrumentName: 'ticks', aggregation: { type: AggregationType.LAST_VALUE } },
      { instrumentName: 'open', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ],
  })
  meter.createObservableGauge('depth').addCallback(result => result.observe(3))
  meter.createObservableCounter('ticks').addCallback(result => result.observe(12))
  meter.createObservableUpDownCounter('open').addCallback(result => result.observe(-4))
  expect(await page()).toMatchObject({ depth: 3, 'ticks{worker="0"}': 12, open: -4 })
  expect(warnings).toEqual([expect.stringContaining('histogram of the observable instrument open')])
})

test('what a view takes away from an observable is added up, and once only', async () => {
  let pages = { a: 1, b: 2 } as Record<string, number>
  const { meter, page } = testProvider({
    views: [{ instrumentName: '*', attributesProcessors: [deny(['thread'])] }],
  })
  const observe = (result: import('@opentelemetry/api').ObservableResult) => {
    for (const [thread, count] of Object.entries(pages)) {
      result.observe(count + 100, { thread, pid: 7 })
      result.observe(count, { thread, pid: 7 })
    }
  }
  meter.createObservableCounter('faults').addCallback(observe)
  meter.createObservableUpDownCounter('held').addCallback(observe)
  meter.createObservableGauge('last').addCallback(observe)
  expect(await page()).toMatchObject({ 'faults_total{pid="7"}': 3, 'held{pid="7"}': 3 })
  pages = { b: 5 }
  expect(await page()).toMatchObject({
    'faults_total{pid="7"}': 6,
    'held{pid="7"}': 5,
    'last{pid="7",worker="0"}': 5,
  })
  pages = {}
  const samples = await page()
  expect(samples['faults_total{pid="7"}']).toBe(6)
  expect(samples).not.toHaveProperty(['held{pid="7"}'])
  expect(samples).not.toHaveProperty(['last{pid="7",worker="0"}'])
})

test('observations beyond the limit of a view are added up', async () => {
  const { meter, page } = testProvider({
    views: [{ instrumentName: 'ticks', aggregationCardinalityLimit: 2 }],
  })
  meter.createObservableCounter('ticks').addCallback(result => {
    for (let id = 1; id <= 4; id++) result.observe(id, { id })
  })
  await page()
  expect(await page()).toMatchObject({
    'ticks_total{id="1"}': 1,
    'ticks_total{otel_metric_overflow="true"}': 9,
  })
})

test('a dropped instrument records nothing and its callback is not called, unless another one needs it', async () => {
  let calls = 0
  const { meter, page } = testProvider({
    views: [{ instrumentName: 'noise.*', aggregation: { type: AggregationType.DROP } }],
  })
  const count = meter.createCounter('noise.count')
  count.add(1)
  count.bind({ a: 1 }).add(1)
  meter.createHistogram('noise.time').record(1)
  const gauge = meter.createObservableGauge('noise.gauge')
  gauge.addCallback(() => void calls++)
  const kept = meter.createObservableGauge('kept')
  meter.addBatchObservableCallback(
    result => {
      result.observe(gauge, 1)
      result.observe(kept, 2)
    },
    [gauge, kept],
  )
  const samples = await page()
  expect(samples).toMatchObject({ 'kept{worker="0"}': 2 })
  expect(Object.keys(samples).filter(name => name.startsWith('noise'))).toEqual([])
  expect(calls).toBe(0)
})

test('a view that drops the rest leaves what another view selects', async () => {
  const { meter, page, warnings } = testProvider({
    views: [
      { instrumentName: 'orders' },
      { instrumentName: '*', aggregation: { type: AggregationType.DROP } },
    ],
  })
  meter.createCounter('orders').add(1)
  meter.createCounter('other').add(1)
  const samples = await page()
  expect(samples).toMatchObject({ orders_total: 1 })
  expect(samples).not.toHaveProperty('other_total')
  expect(warnings).toEqual([])
})

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
