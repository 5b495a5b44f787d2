import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  configureMetrics,
  counter,
  defineCatalog,
  freeText,
  gauge,
  job,
  operation,
  pool,
} from '../../src/index.ts'
import { shared } from '../../src/shared/state.ts'
import type { Trouble } from '../../src/shared/troubles.ts'
import { type Sdk, startSdk } from '../sdk.ts'

let sdk: Sdk
let lines: string[] = []

const metrics = defineCatalog(
  { name: 'safety' },
  {
    orders: counter({ name: 'safe.orders', description: 'Orders.', labels: { channel: ['web', 'app'] } }),
    polls: counter({ name: 'safe.polls', description: 'Polls.', labels: { host: freeText({ limit: 3 }) } }),
    versions: counter({
      name: 'safe.versions',
      description: 'Versions.',
      labels: { build_id: freeText({ pattern: /^[0-9a-f]{16}$/g }) },
    }),
    feeds: gauge({ name: 'safe.feeds', description: 'Feeds.' }),
    runs: operation({
      name: 'safe.run',
      description: 'Runs.',
      labels: { ring: ['canary', 'all'] },
      errorType: error => (error as { type: () => string }).type(),
    }),
    jobs: job({ name: 'safe.job', description: 'Jobs.' }),
    pool: pool({ name: 'safe.pool', description: 'Pool.' }),
  },
)

beforeAll(() => {
  sdk = startSdk()
  configureMetrics({ warn: line => lines.push(line) })
})

beforeEach(() => {
  lines = []
  shared.voice.forget()
})

afterAll(() => sdk.stop())

/** How often this trouble was counted while `run` ran. */
function counted(kind: Trouble, metric: string, run: () => void): number {
  const before = shared.errors.get({ kind, metric })
  run()
  return shared.errors.get({ kind, metric }) - before
}

async function ordersWith(channel: string) {
  return (await sdk.collect()).value('safe.orders', { channel }) ?? 0
}

test('a value that is not listed counts as other, is counted, and is said once', async () => {
  const times = counted('label.value', 'safe.orders', () => {
    for (let call = 0; call < 3; call++) metrics.orders.add(2, { channel: 'fax' as never })
  })
  expect(times).toBe(3)
  expect(await ordersWith('other')).toBe(6)
  expect(lines).toEqual([
    'safe.orders: the label "channel" was given "fax", which counts as "other". Give one of web, app, or add the value ' +
      'to the catalog.',
  ])
})

const hostile: [what: string, labels: unknown][] = [
  [
    'a getter that throws',
    {
      get channel(): string {
        throw new Error('no')
      },
    },
  ],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        get() {
          throw new Error('no')
        },
      },
    ),
  ],
  ['a revoked proxy', revoked()],
  [
    'a toString that throws',
    {
      channel: {
        toString() {
          throw new Error('no')
        },
        valueOf() {
          throw new Error('no')
        },
      },
    },
  ],
  ['a symbol', { channel: Symbol('x') }],
  ['null', null],
  ['nothing', undefined],
  ['a number', 7],
  ['an object without a prototype', { channel: Object.create(null) }],
  ['a text that is very long', { channel: 'x'.repeat(1_000_000) }],
]

test.each(hostile)('labels that are %s reach nobody, and the measurement counts', async (_what, labels) => {
  const before = await ordersWith('other')
  expect(() => metrics.orders.add(1, labels as never)).not.toThrow()
  expect(() => metrics.orders.with(labels as never).add(1)).not.toThrow()
  expect(await ordersWith('other')).toBe(before + 2)
  expect(await metrics.runs.run(labels as never, async () => 42)).toBe(42)
})

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

test.each([
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  '5' as never,
  undefined as never,
  5n as never,
  {
    valueOf: () => {
      throw new Error('no')
    },
  } as never,
])('the value %o is no measurement, is counted, and spoils nothing', async value => {
  const before = await ordersWith('web')
  expect(counted('value', 'safe.orders', () => metrics.orders.add(value, { channel: 'web' }))).toBe(1)
  expect(counted('value', 'safe.orders', () => metrics.orders.with({ channel: 'web' }).add(value))).toBe(1)
  expect(await ordersWith('web')).toBe(before)
})

test.each([
  ['a mail address', 'joe@example.com'],
  ['a token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['a random text', 'IRFa-VaY2b_wQkLmZcXuT'],
])('%s is refused as a label, and never said aloud', async (what, value) => {
  const before = (await sdk.collect()).value('safe.polls', { host: 'refused' }) ?? 0
  expect(counted('label.identity', 'safe.polls', () => metrics.polls.add(1, { host: value }))).toBe(1)
  expect((await sdk.collect()).value('safe.polls', { host: 'refused' })).toBe(before + 1)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain(`was given ${what}, which counts as "refused"`)
  expect(lines[0]).not.toContain(value)
})

test('what its author describes by a pattern is taken as it is, and nothing else', async () => {
  metrics.versions.add(1, { build_id: '0123456789abcdef' })
  metrics.versions.add(1, { build_id: '0123456789abcdef' })
  metrics.versions.add(1, { build_id: 'main' })
  const collected = await sdk.collect()
  expect(collected.value('safe.versions', { build_id: '0123456789abcdef' })).toBe(2)
  expect(collected.value('safe.versions', { build_id: 'main' })).toBeUndefined()
  expect(collected.value('safe.versions', { build_id: 'other' })).toBe(1)
})

test('beyond its limit of values a label counts as other, and those that were there go on', async () => {
  const times = counted('series.limit', 'safe.polls', () => {
    for (const host of ['a', 'b', 'c', 'd', 'e', 'a']) metrics.polls.add(1, { host })
  })
  const collected = await sdk.collect()
  expect(times).toBe(2)
  expect(collected.value('safe.polls', { host: 'a' })).toBe(2)
  expect(collected.value('safe.polls', { host: 'd' })).toBeUndefined()
  expect(collected.value('safe.polls', { host: 'other' })).toBe(2)
})

test("a function that classifies errors may throw: the error is the caller's, unchanged", async () => {
  const error = new TypeError('mine')
  const times = counted('callback', 'safe.run', () => {
    expect(() =>
      metrics.runs.run({ ring: 'all' }, () => {
        throw error
      }),
    ).toThrow(error)
  })
  expect(times).toBe(1)
  expect((await sdk.collect()).value('safe.run.errors', { ring: 'all', 'error.type': 'TypeError' })).toBe(1)
})

test('a function that makes labels may throw: the function is called all the same', () => {
  const wrapped = metrics.runs.wrap(
    () => {
      throw new Error('labels')
    },
    (a: number, b: number) => a + b,
  )
  expect(wrapped(1, 2)).toBe(3)
})

test('a function that observes may throw or reject: it is counted, and asked again', async () => {
  let calls = 0
  const stop = metrics.feeds.observe(() => {
    calls++
    if (calls === 1) throw new Error('sync')
    return calls === 2 ? Promise.reject(new Error('async')) : 7
  })
  const before = shared.errors.get({ kind: 'callback', metric: 'safe.feeds' })
  await sdk.collect()
  await sdk.collect()
  const collected = await sdk.collect()
  stop()
  await sdk.collect()
  expect(collected.value('safe.feeds')).toBe(7)
  expect(shared.errors.get({ kind: 'callback', metric: 'safe.feeds' }) - before).toBe(2)
  expect(calls).toBe(3)
})

test('an error that can not be looked at is counted as unknown', async () => {
  const hostileError = new Proxy(
    {},
    {
      get() {
        throw new Error('no')
      },
    },
  )
  let caught: unknown
  try {
    metrics.jobs.run(() => {
      throw hostileError
    })
  } catch (error) {
    caught = error
  }
  expect(caught === hostileError).toBe(true)
  expect((await sdk.collect()).value('safe.job.errors', { 'error.type': 'unknown' })).toBe(1)
})

test('levels that can not be read are counted', () => {
  const bad = {
    get size(): number {
      throw new Error('no')
    },
  }
  expect(() => metrics.pool.set(bad)).not.toThrow()
  expect(() => metrics.pool.set(undefined as never)).not.toThrow()
  expect(shared.errors.get({ kind: 'value', metric: 'safe.pool' })).toBe(2)
})

test("what only looks like a promise is its caller's, whatever its then does", () => {
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested.
    then() {
      throw new Error('no')
    },
  }
  const hidden = Object.defineProperty({}, 'then', {
    get() {
      throw new Error('no')
    },
  })
  expect(metrics.jobs.run(() => thenable)).toBe(thenable)
  expect(metrics.jobs.run(() => hidden) === hidden).toBe(true)
})

test('whoever is told may throw', () => {
  configureMetrics({
    warn: () => {
      throw new Error('no')
    },
  })
  expect(() => metrics.orders.add(1, { channel: 'fax' as never })).not.toThrow()
  configureMetrics({ warn: line => lines.push(line) })
})

test('everything that was kept from the app is a metric of its own', async () => {
  metrics.orders.add(1, { channel: 'fax' as never })
  const collected = await sdk.collect()
  expect(collected.value('tutti.helper.errors', { kind: 'label.value', metric: 'safe.orders' })).toBe(
    shared.errors.get({ kind: 'label.value', metric: 'safe.orders' }),
  )
  expect(collected.value('tutti.helper.series')).toBe(shared.series.count)
})
