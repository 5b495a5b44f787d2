import {
  AggregationType,
  createDenyListAttributesProcessor as deny,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { testProvider } from '../provider.ts'
import { metricsOf } from './metrics-of.ts'

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
