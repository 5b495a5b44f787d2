import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cache,
  configureMetrics,
  defineCatalog,
  gauge,
  health,
  job,
  objective,
  operation,
  ratio,
} from '../../src/index.ts'
import { shared } from '../../src/shared/state.ts'
import { type Sdk, startSdk } from '../sdk.ts'

let sdk: Sdk

const metrics = defineCatalog(
  { name: 'hostile' },
  {
    feeds: gauge({ name: 'hostile.feeds', description: 'Feeds.' }),
    gates: ratio({ name: 'hostile.gate', description: 'Gates.' }),
    checkouts: objective({ name: 'hostile.checkout', description: 'Checkouts.', target: 0.9 }),
    outside: health({ name: 'hostile.outside', description: 'Outside.' }),
    lookups: cache({ name: 'hostile.cache', description: 'Cache.' }),
    runs: operation({ name: 'hostile.run', description: 'Runs.' }),
    jobs: job({ name: 'hostile.job', description: 'Jobs.' }),
  },
)

beforeAll(() => {
  sdk = startSdk()
  configureMetrics({ warn: () => {} })
})
afterAll(() => sdk.stop())

const throwing = {
  valueOf() {
    throw new Error('no')
  },
} as never

const getters = {
  get total(): number {
    throw new Error('no')
  },
  get ok(): boolean {
    throw new Error('no')
  },
} as never

test.each([
  ['an object', throwing],
  ['a bigint', 5n as never],
  ['a symbol', Symbol('x') as never],
  ['nothing', undefined as never],
])('a gauge that is changed by %s keeps its value, and nobody is thrown at', async (_what, by) => {
  metrics.feeds.set(3)
  const before = shared.errors.get({ kind: 'value', metric: 'hostile.feeds' })
  expect(() => metrics.feeds.add(by)).not.toThrow()
  expect(() => metrics.feeds.with().add(by)).not.toThrow()
  expect(shared.errors.get({ kind: 'value', metric: 'hostile.feeds' }) - before).toBe(2)
  expect((await sdk.collect()).value('hostile.feeds')).toBe(3)
})

test.each([
  ['getters that throw', getters],
  ['values that throw', { good: throwing, total: throwing } as never],
  ['bigints', { good: 1n, total: 2 } as never],
  ['nothing', undefined as never],
])('a share of %s is counted as no value', async (_what, share) => {
  metrics.gates.set({ good: 1, total: 4 })
  const before = shared.errors.get({ kind: 'value', metric: 'hostile.gate.success_rate' })
  expect(() => metrics.gates.set(share)).not.toThrow()
  expect(shared.errors.get({ kind: 'value', metric: 'hostile.gate.success_rate' }) - before).toBe(1)
  expect((await sdk.collect()).value('hostile.gate.success_rate')).toBe(0.25)
})

test('an event that can not be read is counted as no value', async () => {
  expect(() => metrics.checkouts.record(getters)).not.toThrow()
  expect(() => metrics.checkouts.record({ ok: true, seconds: throwing })).not.toThrow()
  metrics.checkouts.record({ ok: true, seconds: 1 })
  expect((await sdk.collect()).value('hostile.checkout.objective.events')).toBe(1)
  expect(shared.errors.get({ kind: 'value', metric: 'hostile.checkout' })).toBe(2)
})

test("a run's methods can be handed over as they are", async () => {
  const run = metrics.runs.start()
  await Promise.resolve().then(run.succeed, run.fail)
  const failing = metrics.jobs.start()
  failing.processed(2)
  const { processed, failed, fail } = failing
  processed()
  processed(1)
  failed()
  await Promise.reject(new TypeError('no')).catch(fail)
  const collected = await sdk.collect()
  expect(collected.value('hostile.run', { outcome: 'success' })).toBe(1)
  expect(collected.value('hostile.job.items.processed')).toBe(4)
  expect(collected.value('hostile.job.items.failed')).toBe(1)
  expect(collected.value('hostile.job.errors', { 'error.type': 'TypeError' })).toBe(1)
})

test('what is no Promise of ours and can be waited for is waited for: by checks, lookups and observations', async () => {
  await expect(metrics.outside.check(() => later(Promise.reject(new Error('down'))))).rejects.toThrow('down')
  await metrics.outside.check(() => later(Promise.resolve(true)))
  await metrics.lookups.lookup(() => later(Promise.resolve(undefined)))
  const stop = metrics.feeds.observe(() => later(Promise.resolve(11)) as Promise<number>)
  await sdk.collect()
  const collected = await sdk.collect()
  stop()
  expect(collected.value('hostile.outside.checks', { outcome: 'failure' })).toBe(1)
  expect(collected.value('hostile.outside.checks', { outcome: 'success' })).toBe(1)
  expect(collected.value('hostile.cache.lookups', { outcome: 'miss' })).toBe(1)
  expect(collected.value('hostile.cache.lookups', { outcome: 'hit' })).toBe(0)
  expect(collected.value('hostile.feeds')).toBe(11)
})

test("what looks like a promise and can not be waited for is its caller's as it is, and counts as failed", async () => {
  const broken = {
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested.
    then() {
      throw new Error('no')
    },
  }
  const before = await sdk.collect()
  expect(metrics.outside.check(() => broken)).toBe(broken)
  expect(metrics.lookups.lookup(() => broken)).toBe(broken)
  const after = await sdk.collect()
  const grown = (name: string, outcome: string) =>
    Number(after.value(name, { outcome })) - Number(before.value(name, { outcome }))
  expect(grown('hostile.outside.checks', 'failure')).toBe(1)
  expect(grown('hostile.cache.lookups', 'error')).toBe(1)
})

/** A promise as a query builder or another realm has them. */
function later<T>(promise: Promise<T>): PromiseLike<T> {
  // biome-ignore lint/suspicious/noThenProperty: that is what is tested.
  return { then: (resolve, reject) => promise.then(resolve, reject) }
}
