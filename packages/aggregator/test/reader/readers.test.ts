import { setTimeout as sleep } from 'node:timers/promises'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AggregationTemporality } from '@opentelemetry/sdk-metrics'
import { expect, test, vi } from 'vitest'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { collect, PullReader, valuesOf } from './pull-reader.ts'
import { pushReader } from './push-reader.ts'

const { CUMULATIVE, DELTA } = AggregationTemporality

test('a reader in any process collects what all processes recorded, in the resource of its own provider', async () => {
  const directory = temporaryDirectory()
  const readers = [new PullReader(), new PullReader()]
  const resources = ['shop', 'till'].map(name => resourceFromAttributes({ 'service.name': name }))
  const providers = readers.map((reader, index) =>
    testProvider({ directory, readers: [reader], resource: resources[index] }),
  )
  for (const { meter } of providers) {
    meter.createCounter('orders').add(2, { country: 'ch' })
    meter.createHistogram('latency').record(3)
    meter.createUpDownCounter('open').add(5)
  }
  for (const [index, reader] of readers.entries()) {
    const { values, errors, resourceMetrics } = await collect(reader)
    expect(values).toEqual({ 'orders{"country":"ch"}': 4, 'latency{}': 2, 'open{}': 10 })
    expect(errors).toEqual([])
    expect(resourceMetrics.resource).toBe(resources[index])
  }
})

test('a collection observes first, and waits for asynchronous callbacks', async () => {
  const reader = new PullReader()
  const { meter } = testProvider({ readers: [reader], observationIntervalMs: 3_600_000 })
  let ticks = 0
  meter.createObservableCounter('ticks').addCallback(result => result.observe(++ticks))
  meter.createObservableGauge('depth').addCallback(async result => {
    await sleep(10)
    result.observe(7)
  })
  expect((await collect(reader)).values).toEqual({ 'ticks{}': ticks, 'depth{"worker":"0"}': 7 })
})

test('what callbacks throw or reject with is among the errors, and so is that one took too long', async () => {
  const reader = new PullReader()
  const { meter } = testProvider({ readers: [reader], observationIntervalMs: 3_600_000 })
  meter.createObservableGauge('throws').addCallback(() => {
    throw new Error('thrown')
  })
  meter.createObservableGauge('rejects').addCallback(async () => {
    throw new Error('rejected')
  })
  meter.createObservableGauge('hangs').addCallback(() => new Promise(() => {}))
  meter.createObservableGauge('works').addCallback(result => result.observe(1))
  const { values, errors } = await collect(reader, 50)
  expect(errors.map(error => (error as Error).message).sort()).toEqual([
    'did not settle within 50 ms',
    'rejected',
    'thrown',
  ])
  const apps = Object.entries(values).filter(([name]) => !name.startsWith('tutti.'))
  expect(apps).toEqual([['works{"worker":"0"}', 1]])
})

test('a directory that can not be read is an error of the collection, and rejects nothing', async () => {
  const reader = new PullReader()
  const { provider } = testProvider({ readers: [reader], directory: '/proc/no/such/place' })
  provider.getMeter('test').createCounter('orders').add(1)
  const { values, errors } = await collect(reader)
  expect(values).toEqual({})
  expect((errors[0] as NodeJS.ErrnoException).code).toBe('ENOENT')
})

test('each reader has its own deltas, beside others that are cumulative', async () => {
  const delta = () => new PullReader({ aggregationTemporalitySelector: () => DELTA })
  const [often, seldom, total] = [delta(), delta(), new PullReader()]
  const { meter } = testProvider({ readers: [often, seldom, total] })
  const orders = meter.createCounter('orders')
  const seen: unknown[] = []
  for (const amount of [1, 2, 3]) {
    orders.add(amount)
    seen.push((await collect(often)).values['orders{}'])
  }
  expect(seen).toEqual([1, 2, 3])
  expect((await collect(often)).values).toEqual({})
  expect((await collect(seldom)).values).toEqual({ 'orders{}': 6 })
  expect((await collect(total)).values).toEqual({ 'orders{}': 6 })
})

test('deltas begin where the last collection ended, totals where the run began', async () => {
  let nowMs = 1_000_000
  const [delta, total] = [new PullReader({ aggregationTemporalitySelector: () => DELTA }), new PullReader()]
  const { meter } = testProvider({ readers: [delta, total], now: () => nowMs })
  const orders = meter.createCounter('orders')
  const times: unknown[] = []
  for (const reader of [delta, delta, total]) {
    nowMs += 60_000
    orders.add(1)
    const { resourceMetrics } = await collect(reader)
    const [{ startTime, endTime }] = resourceMetrics.scopeMetrics[0].metrics[0].dataPoints
    times.push([startTime[0], endTime[0]])
  }
  expect(times).toEqual([
    [1_000, 1_060],
    [1_060, 1_120],
    [1_000, 1_180],
  ])
})

test('a gauge is never a delta', async () => {
  const reader = new PullReader({ aggregationTemporalitySelector: () => DELTA })
  const { meter } = testProvider({ readers: [reader] })
  meter.createGauge('level').record(5)
  for (let each = 0; each < 2; each++) {
    const { values, resourceMetrics } = await collect(reader)
    expect(values).toEqual({ 'level{}': 5 })
    expect(resourceMetrics.scopeMetrics[0].metrics[0].aggregationTemporality).toBe(CUMULATIVE)
  }
})

test('shutdown flushes and ends all readers, the page stays, and other providers go on', async () => {
  const directory = temporaryDirectory()
  const { exporter, reader } = pushReader()
  const pull = new PullReader()
  const ended = testProvider({ directory, readers: [reader, pull] })
  const other = testProvider({ directory, readers: [new PullReader()] })
  const exported = vi.spyOn(exporter, 'export')
  const shutDown = vi.spyOn(exporter, 'shutdown')
  ended.meter.createCounter('orders').add(2)
  ended.meter.createObservableUpDownCounter('open').addCallback(async result => result.observe(4))
  await ended.provider.shutdown()
  expect(exported.mock.calls.map(([metrics]) => valuesOf(metrics))).toEqual([{ 'orders{}': 2, 'open{}': 4 }])
  expect(shutDown).toHaveBeenCalledOnce()
  await expect(pull.collect()).rejects.toThrow('MetricReader is shutdown')
  expect(await other.page()).toMatchObject({ orders_total: 2, tutti_writers: 1 })
})

test("a reader's failed flush is told to who asked for it, and the others are flushed all the same", async () => {
  const [bad, good] = [new PullReader(), new PullReader()]
  vi.spyOn(bad, 'forceFlush').mockRejectedValue(new Error('no connection'))
  vi.spyOn(bad, 'shutdown').mockRejectedValue(new Error('no connection'))
  const { provider, meter, directory } = testProvider({ readers: [bad, good] })
  meter.createCounter('orders').add(2)
  await expect(provider.forceFlush()).rejects.toThrow('no connection')
  expect(good.flushes).toBe(1)
  await expect(provider.shutdown()).rejects.toThrow('no connection')
  expect(await testProvider({ directory }).page()).toMatchObject({ tutti_writers: 1 })
})

test('a flush that takes longer than it may rejects', async () => {
  const slow = new PullReader()
  vi.spyOn(slow as unknown as { onForceFlush(): Promise<void> }, 'onForceFlush').mockReturnValue(
    new Promise(() => {}),
  )
  const { provider } = testProvider({ readers: [slow] })
  await expect(provider.forceFlush({ timeoutMillis: 20 })).rejects.toThrow('Operation timed out.')
})

test('a reader that belongs to another provider already is left out, and one line says so', async () => {
  const reader = new PullReader()
  testProvider({ readers: [reader] })
  const { warnings } = testProvider({ readers: [reader] })
  expect(warnings).toEqual([
    'a reader is left out: MetricReader can not be bound to a MeterProvider again. Give every provider readers of its own.',
  ])
})

test('what is no reader is left out, and leaves no segment behind that nobody ends', async () => {
  const reader = new PullReader()
  const { meter, warnings } = testProvider({ readers: [undefined as never, reader] })
  meter.createCounter('orders').add(1)
  expect((await collect(reader)).values).toEqual({ 'orders{}': 1 })
  expect(warnings).toEqual([expect.stringMatching(/^a reader is left out: /)])
})
