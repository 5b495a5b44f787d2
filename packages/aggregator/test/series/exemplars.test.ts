import { context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import type { DataPoint } from '@opentelemetry/sdk-metrics'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMetrics, type WithExemplars } from '../../src/index.ts'
import { requireLibc } from '../libc.ts'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})
afterEach(() => context.disable())

function contextOf(digit: string, traceFlags: number = TraceFlags.SAMPLED) {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: digit.repeat(32),
    spanId: digit.repeat(16),
    traceFlags,
  })
}

async function exemplarsOf(directory: string, name: string) {
  const { scopeMetrics } = await readMetrics(directory)
  const metric = scopeMetrics.flatMap(scope => scope.metrics).find(each => each.descriptor.name === name)
  const [point] = metric!.dataPoints as (DataPoint<unknown> & WithExemplars)[]
  return (point.exemplars ?? []).map(({ value, traceId, spanId }) => [value, traceId[0], spanId[0]])
}

test('the latest sampled measurement of each bucket leads to its trace', async () => {
  const { meter, directory } = testProvider()
  const histogram = meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1, 10] } })
  context.with(contextOf('a'), () => histogram.record(0.5))
  context.with(contextOf('b'), () => histogram.bind({}).record(0.7))
  histogram.record(20, {}, contextOf('c'))
  histogram.record(30)
  context.with(contextOf('d', TraceFlags.NONE), () => histogram.record(5))
  expect(await exemplarsOf(directory, 'latency')).toEqual([
    [0.7, 'b', 'b'],
    [20, 'c', 'c'],
  ])
})

test('every stream that views make of an instrument keeps its own', async () => {
  const views = [{ instrumentName: 'orders' }, { instrumentName: 'orders', name: 'purchases' }]
  const { meter, directory } = testProvider({ views })
  meter.createCounter('orders').add(2, {}, contextOf('f'))
  expect(await exemplarsOf(directory, 'orders')).toEqual([[2, 'f', 'f']])
  expect(await exemplarsOf(directory, 'purchases')).toEqual([[2, 'f', 'f']])
})

test('a counter keeps one, and the latest of all writers wins, dead or alive', async () => {
  const directory = temporaryDirectory()
  let clock = 1_000
  const one = testProvider({ directory, now: () => clock++ })
  const two = testProvider({ directory, now: () => clock++ })
  const [first, second] = [one, two].map(({ meter }) => meter.createCounter('orders'))
  second.add(2, {}, contextOf('b'))
  first.add(1, {}, contextOf('a'))
  expect(await exemplarsOf(directory, 'orders')).toEqual([[1, 'a', 'a']])
  await one.provider.shutdown()
  expect(await exemplarsOf(directory, 'orders')).toEqual([[1, 'a', 'a']])
  second.add(3, {}, contextOf('c'))
  expect(await exemplarsOf(directory, 'orders')).toEqual([[3, 'c', 'c']])
})

test('they go into the ledger with the dead', async () => {
  const { DirectoryReader } = await import('../../src/snapshot/directory-reader.ts')
  const { foldDead } = await import('../../src/ledger/fold.ts')
  const directory = temporaryDirectory()
  testProvider({ directory })
  const dying = testProvider({ directory })
  dying.meter
    .createHistogram('latency', { advice: { explicitBucketBoundaries: [1] } })
    .record(5, {}, contextOf('e'))
  await dying.provider.shutdown()
  const reader = new DirectoryReader(directory)
  expect(foldDead(reader, requireLibc())).toBe(1)
  reader.close()
  expect(await exemplarsOf(directory, 'latency')).toEqual([[5, 'e', 'e']])
})

test('always_off keeps none, always_on keeps them without a span too', async () => {
  const off = testProvider({ exemplarFilter: 'always_off' })
  off.meter.createCounter('orders').add(1, {}, contextOf('a'))
  expect(await exemplarsOf(off.directory, 'orders')).toEqual([])
  const on = testProvider({ exemplarFilter: 'always_on' })
  on.meter.createCounter('orders').add(4)
  expect(await exemplarsOf(on.directory, 'orders')).toEqual([[4, '0', '0']])
})
