import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  configureMetrics,
  counter,
  defineCatalog,
  freeText,
  gauge,
  MetricMisuseError,
  metricsConfiguration,
  operation,
} from '../../src/index.ts'
import { readEnvironment } from '../../src/shared/environment.ts'
import { shared } from '../../src/shared/state.ts'
import { UpdateBudget } from '../../src/shared/update-budget.ts'
import { type Sdk, startSdk } from '../sdk.ts'

let sdk: Sdk

const metrics = defineCatalog(
  { name: 'limited-catalog' },
  {
    orders: counter({ name: 'limited.orders', description: 'Orders.', group: 'shop' }),
    polls: counter({
      name: 'limited.polls',
      description: 'Polls.',
      group: 'feeds',
      labels: { host: freeText() },
    }),
    level: gauge({ name: 'limited.level', description: 'Level.', group: 'shop', across: 'sum' }),
    runs: operation({ name: 'limited.run', description: 'Runs.', group: 'shop' }),
  },
)

beforeAll(() => {
  sdk = startSdk()
  configureMetrics({ warn: () => {} })
})

afterEach(() => {
  configureMetrics({
    enabled: true,
    disabledGroups: [],
    maxUpdatesPerMinute: Number.POSITIVE_INFINITY,
    maxSeries: 10_000,
  })
})

afterAll(() => sdk.stop())

const orders = async () => (await sdk.collect()).value('limited.orders') ?? 0

test('the master switch stops everything, and everything goes on after it', async () => {
  metrics.orders.add(1)
  const before = await orders()
  configureMetrics({ enabled: false })
  metrics.orders.add(1)
  metrics.orders.with().add(1)
  expect(await metrics.runs.run(async () => 'done')).toBe('done')
  expect(await orders()).toBe(before)
  configureMetrics({ enabled: true })
  metrics.orders.add(1)
  expect(await orders()).toBe(before + 1)
})

test('a group, or a whole catalog by its name, can be switched off', async () => {
  const before = await orders()
  configureMetrics({ disabledGroups: ['feeds'] })
  metrics.orders.add(1)
  metrics.polls.add(1, { host: 'a' })
  configureMetrics({ disabledGroups: ['limited-catalog'] })
  metrics.orders.add(1)
  configureMetrics({ disabledGroups: [] })
  expect(await orders()).toBe(before + 1)
  expect((await sdk.collect()).value('limited.polls', { host: 'a' })).toBe(undefined)
})

test('a sum leaves the page with its group, and is back with it as it is then', async () => {
  metrics.level.set(5)
  configureMetrics({ disabledGroups: ['shop'] })
  metrics.level.set(8)
  expect((await sdk.collect()).value('limited.level')).toBe(0)
  configureMetrics({ disabledGroups: [] })
  expect((await sdk.collect()).value('limited.level')).toBe(8)
})

test('updates beyond the limit are cut and counted, and the business goes on', async () => {
  const before = await orders()
  configureMetrics({ maxUpdatesPerMinute: 3 })
  for (let call = 0; call < 5; call++) metrics.orders.add(1)
  expect(await metrics.runs.run(async () => 7)).toBe(7)
  const collected = await sdk.collect()
  expect(await orders()).toBe(before + 3)
  expect(collected.value('tutti.helper.limited.updates', { metric: 'limited.orders' })).toBe(2)
  expect(collected.value('tutti.helper.limited.updates', { metric: 'limited.run' })).toBe(1)
})

test('a run counts as a whole or not at all: none is in flight for ever', async () => {
  configureMetrics({ maxUpdatesPerMinute: 1 })
  const measured = metrics.runs.start()
  const cut = metrics.runs.start()
  expect((await sdk.collect()).value('limited.run.in_flight')).toBe(1)
  measured.succeed()
  cut.succeed()
  expect((await sdk.collect()).value('limited.run.in_flight')).toBe(0)
})

test('a minute later there is room again', () => {
  let nowMs = 0
  const budget = new UpdateBudget(2, () => nowMs)
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false])
  nowMs = 59_999
  expect(budget.take()).toBe(false)
  nowMs = 60_000
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false])
})

test('the limit on all series holds, and what there is no room for counts together', async () => {
  configureMetrics({ maxSeries: shared.series.count })
  metrics.polls.add(1, { host: 'new-a' })
  metrics.polls.add(1, { host: 'new-b' })
  const collected = await sdk.collect()
  expect(collected.value('limited.polls', { host: 'new-a' })).toBeUndefined()
  expect(collected.value('limited.polls', { host: 'other' })).toBe(2)
})

test('the configuration of now can be read', () => {
  configureMetrics({ disabledGroups: ['feeds'], maxUpdatesPerMinute: 10 })
  expect(metricsConfiguration()).toEqual({
    enabled: true,
    disabledGroups: ['feeds'],
    maxUpdatesPerMinute: 10,
    maxSeries: 10_000,
  })
})

test.each([
  { enabled: 'no' },
  { disabledGroups: 'feeds' },
  { maxUpdatesPerMinute: -1 },
  { maxSeries: 1.5 },
  { warn: 7 },
])('the configuration %o is an error with a code, and changes nothing', configuration => {
  const before = metricsConfiguration()
  expect(() => configureMetrics(configuration as never)).toThrow(MetricMisuseError)
  expect(() => configureMetrics(configuration as never)).toThrow(
    expect.objectContaining({ code: 'TUTTI_CONFIGURATION_INVALID' }),
  )
  expect(metricsConfiguration()).toEqual(before)
})

test('the environment says the same, and what it says badly is one line', () => {
  expect(
    readEnvironment({
      TUTTI_METRICS_ENABLED: 'FALSE',
      TUTTI_DISABLED_GROUPS: 'feeds, shop,',
      TUTTI_MAX_UPDATES_PER_MINUTE: '100',
      TUTTI_MAX_SERIES: '5',
    }),
  ).toEqual({
    isEnabled: false,
    disabledGroups: new Set(['feeds', 'shop']),
    maxUpdatesPerMinute: 100,
    maxSeries: 5,
    lines: [],
  })
  expect(readEnvironment({ TUTTI_METRICS_ENABLED: 'nope', TUTTI_MAX_UPDATES_PER_MINUTE: 'many' })).toEqual({
    isEnabled: true,
    disabledGroups: new Set(),
    maxUpdatesPerMinute: Number.POSITIVE_INFINITY,
    maxSeries: 10_000,
    lines: [
      'TUTTI_METRICS_ENABLED="nope" is ignored: set it to true or false.',
      'TUTTI_MAX_UPDATES_PER_MINUTE="many" is ignored: set it to a whole number from 0.',
    ],
  })
})
