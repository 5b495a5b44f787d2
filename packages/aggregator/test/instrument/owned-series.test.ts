import { createDenyListAttributesProcessor } from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { renderMetrics, SharedMeterProvider } from '../../src/index.ts'
import { PROMETHEUS_SCOPE } from '../../src/segment/stream.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

async function page(directory: string): Promise<Record<string, number>> {
  const { body } = await renderMetrics(directory, { withoutScopeInfo: true })
  const all = Object.entries(parsePlainly(String(body)))
  return Object.fromEntries(all.filter(([name]) => !/^(tutti|target)_/.test(name)))
}

test('who owns a series says what stands there, and takes it back', async () => {
  const directory = temporaryDirectory()
  const meter = new SharedMeterProvider({ directory }).getMeter('test')
  const advice = { explicitBucketBoundaries: [1, 10] }
  const counter = meter.createCounter('sum').own({ of: 'a' })!
  const gauge = meter.createGauge('level').own({})!
  const histogram = meter.createHistogram('size', { advice, negative: true }).own({})!
  counter.add(3)
  counter.replace([100])
  counter.add(1)
  gauge.replace([-4])
  histogram.record(5)
  histogram.replace([1, 0, 2, 42.5])
  histogram.record(-3)
  const sizes = (count: number): object => ({ 'size_bucket{le="+Inf"}': count, size_count: count })
  expect(await page(directory)).toEqual({
    'sum_total{of="a"}': 101,
    level: -4,
    'size_bucket{le="1"}': 2,
    'size_bucket{le="10"}': 2,
    size_sum: 39.5,
    ...sizes(4),
  })
  // What does not fit changes nothing.
  counter.replace([-1])
  histogram.replace([1])
  histogram.replace([1, 2, 3, Number.NaN])
  expect(await page(directory)).toMatchObject({ 'sum_total{of="a"}': 101, size_sum: 39.5 })
  for (const owned of [counter, gauge, histogram]) owned.replace()
  expect(await page(directory)).toEqual({
    'size_bucket{le="1"}': 0,
    'size_bucket{le="10"}': 0,
    size_sum: 0,
    ...sizes(0),
  })
  counter.replace([7])
  expect(await page(directory)).toMatchObject({ 'sum_total{of="a"}': 7 })
})

test('what others may be counted in is nobody’s own', async () => {
  const views = [
    { instrumentName: 'filtered', attributesProcessors: [createDenyListAttributesProcessor(['id'])] },
    { instrumentName: 'twice' },
    { instrumentName: 'twice', name: 'again' },
  ]
  const provider = new SharedMeterProvider({
    directory: temporaryDirectory(),
    views,
    cardinalityLimit: 2,
    warn() {},
  })
  const meter = provider.getMeter('test')
  expect(meter.createCounter('filtered').own({ id: 1 })).toBeUndefined()
  expect(meter.createGauge('twice').own({})).toBeUndefined()
  const full = meter.createCounter('full')
  expect(full.own({ id: 1 })).toBeDefined()
  expect(full.own({ id: 2 })).toBeUndefined()
})

test('an instrument says how it is merged, and the provider’s option and sense come first', async () => {
  const directory = temporaryDirectory()
  for (const value of [1, 5]) {
    const provider = new SharedMeterProvider({ directory, merge: { chosen: 'min' } })
    const meter = provider.getMeter('test')
    for (const name of ['largest', 'chosen'])
      meter.createGauge(name, { merging: { merge: 'max', keepDead: false } }).record(value)
    meter.createCounter('counter', { merging: { merge: 'max', keepDead: false } }).add(value)
  }
  expect(await page(directory)).toEqual({ largest: 5, chosen: 1, counter_total: 6 })
})

test('names and labels of the scope of Prometheus’ names stand as they are, in every strategy', async () => {
  const directory = temporaryDirectory()
  const warnings: string[] = []
  const resource = { attributes: { 'deployment.name': 'x' } }
  const provider = new SharedMeterProvider({ directory, resource, warn: line => warnings.push(line) })
  const meter = provider.getMeter(PROMETHEUS_SCOPE)
  meter.createCounter('ns:requests__all').add(1, { a__b: '1' })
  meter.createCounter('Requests').add(2)
  meter.createCounter('requests').add(3)
  const { body } = await renderMetrics(directory, { constantLabels: ['deployment.*'] })
  expect(String(body)).toContain('ns:requests__all{deployment_name="x",a__b="1"} 1\n')
  expect(String(body)).toContain('\nRequests{deployment_name="x"} 2\n')
  expect(String(body)).toContain('\nrequests{deployment_name="x"} 3\n')
  const openMetrics = await renderMetrics(directory, {
    accept: 'application/openmetrics-text; version=1.0.0',
  })
  expect(String(openMetrics.body)).toContain('# TYPE Requests unknown\n')
  expect(warnings).toEqual([])
})

test('a provider renders the page of all processes, as its option says, also when it has ended', async () => {
  const directory = temporaryDirectory()
  const page = { translationStrategy: 'NoTranslation' } as const
  const provider = new SharedMeterProvider({ directory, page })
  const other = new SharedMeterProvider({ directory })
  provider.getMeter('test').createCounter('orders').add(1)
  other.getMeter('test').createCounter('orders').add(2)
  provider
    .getMeter('test')
    .createObservableGauge('depth')
    .addCallback(result => result.observe(4))
  const { contentType, body } = await provider.render()
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(String(body)).toMatch(/\norders\{[^}]*\} 3\n/)
  expect(String(body)).toMatch(/\ndepth\{[^}]*\} 4\n/)
  expect((await provider.render('application/openmetrics-text')).contentType).toMatch(
    /^application\/openmetrics/,
  )
  await provider.shutdown()
  other.getMeter('test').createCounter('orders').add(2)
  expect(String((await provider.render()).body)).toMatch(/\norders\{[^}]*\} 5\n/)
})
