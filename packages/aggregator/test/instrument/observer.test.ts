import type { ObservableResult } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { testProvider } from '../provider.ts'

test('forceFlush and shutdown wait for what an asynchronous callback observes', async () => {
  const { provider, meter, page } = testProvider()
  let value = 1
  meter.createObservableCounter('ticks').addCallback(async result => {
    await new Promise(setImmediate)
    result.observe(value)
  })
  expect(await page()).toMatchObject({ ticks_total: 1 })
  value = 2
  await provider.shutdown()
  expect(await page()).toMatchObject({ ticks_total: 2 })
})

test('an asynchronous callback that does not settle is given up on, and called again', async () => {
  const { provider, meter, page, warnings } = testProvider({ observationIntervalMs: 1_000_000 })
  const results: ObservableResult[] = []
  meter.createObservableGauge('depth').addCallback(result => {
    results.push(result)
    result.observe(results.length)
    return results.length === 1 ? new Promise<void>(() => {}) : undefined
  })
  meter.createObservableGauge('fine').addCallback(result => result.observe(7))
  await provider.forceFlush({ timeoutMillis: 1 })
  expect(results).toHaveLength(1)
  expect(await page()).toMatchObject({ 'depth{worker="0"}': 2, 'fine{worker="0"}': 7 })
  results[0].observe(100, { late: true })
  expect(await page()).not.toHaveProperty(['depth{late="true",worker="0"}'])
  expect(warnings).toEqual(['a callback of depth failed (TimeoutError: did not settle within 1 ms)'])
})

test('a callback is not called again while it is busy, and for half a minute at most', async () => {
  let nowMs = 1_000
  const { provider, meter, warnings } = testProvider({ now: () => nowMs, observationIntervalMs: 1_000_000 })
  let calls = 0
  meter.createObservableGauge('depth').addCallback(() => {
    calls++
    return new Promise<void>(() => {})
  })
  for (let seconds = 0; seconds < 30; seconds++) {
    provider.observe()
    nowMs += 1_000
  }
  expect(calls).toBe(1)
  provider.observe()
  expect(calls).toBe(2)
  expect(warnings).toEqual(['a callback of depth failed (TimeoutError: did not settle within 30000 ms)'])
  await provider.shutdown({ timeoutMillis: 1 })
})

test('what is observed outside of a callback does not count', async () => {
  const { meter, page } = testProvider()
  let kept: ObservableResult | undefined
  meter.createObservableGauge('depth').addCallback(result => {
    kept = result
    result.observe(1)
  })
  await page()
  kept?.observe(9)
  kept?.observe(9, { other: true })
  expect(await page()).toMatchObject({ 'depth{worker="0"}': 1 })
})

test('a callback that was removed while it was busy says nothing any more', async () => {
  const { provider, meter, page } = testProvider()
  const gate = Promise.withResolvers<void>()
  const callback = async (result: ObservableResult) => {
    await gate.promise
    result.observe(1)
  }
  const depth = meter.createObservableGauge('depth')
  depth.addCallback(callback)
  provider.observe()
  depth.removeCallback(callback)
  gate.resolve()
  expect(await page()).not.toHaveProperty(['depth{worker="0"}'])
})

test('a callback is registered once, whatever is repeated in the list of its instruments', async () => {
  const { provider, meter } = testProvider({ observationIntervalMs: 1_000_000 })
  const one = meter.createObservableGauge('one')
  const two = meter.createObservableGauge('two')
  let calls = 0
  const callback = () => void calls++
  meter.addBatchObservableCallback(callback, [one, two])
  meter.addBatchObservableCallback(callback, [two, one, two])
  one.addCallback(callback)
  one.addCallback(callback)
  two.addCallback(callback)
  await provider.forceFlush()
  expect(calls).toBe(3)
  meter.removeBatchObservableCallback(callback, [two, one, one])
  one.removeCallback(callback)
  one.removeCallback(callback)
  two.removeCallback(() => {})
  await provider.forceFlush()
  expect(calls).toBe(4)
})

test("what is no instrument, or another provider's, is left out, and one line says so", async () => {
  const one = testProvider()
  const other = testProvider()
  const ours = one.meter.createObservableGauge('ours')
  const theirs = other.meter.createObservableGauge('theirs')
  let calls = 0
  const strange = [{}, 1, 'x', Symbol('x'), undefined, null, theirs] as never[]
  one.meter.addBatchObservableCallback(() => void calls++, strange)
  one.meter.addBatchObservableCallback(() => void calls++, undefined as never)
  one.meter.addBatchObservableCallback(undefined as never, [ours])
  ours.addCallback('no function' as never)
  one.meter.addBatchObservableCallback(
    result => {
      result.observe(ours, 1)
      result.observe(theirs, 2)
      result.observe({} as never, 3)
    },
    [ours, ...strange],
  )
  expect(await one.page()).toMatchObject({ 'ours{worker="0"}': 1 })
  expect(await other.page()).not.toHaveProperty(['theirs{worker="0"}'])
  expect(calls).toBe(0)
  expect(one.warnings).toEqual([expect.stringContaining('no observable instrument of its meter')])
})

test('a callback may throw what it likes', async () => {
  const { meter, page } = testProvider()
  meter.createObservableGauge('odd').addCallback(() => {
    throw Object.create(null)
  })
  expect(await page()).toMatchObject({ 'tutti_failed_callbacks_total{instrument="odd"}': expect.any(Number) })
})

test('a callback may remove itself', async () => {
  const { meter, page } = testProvider()
  const depth = meter.createObservableGauge('depth')
  const once = (result: ObservableResult) => {
    result.observe(1)
    depth.removeCallback(once)
  }
  depth.addCallback(once)
  meter.createObservableGauge('next').addCallback(result => result.observe(2))
  const samples = await page()
  expect(samples).toMatchObject({ 'next{worker="0"}': 2 })
  expect(samples).not.toHaveProperty(['depth{worker="0"}'])
})
