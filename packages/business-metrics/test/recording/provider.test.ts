import { metrics as api } from '@opentelemetry/api'
import { afterEach, expect, test, vi } from 'vitest'
import { counter, defineCatalog, gauge, histogram, operation, stateSet } from '../../src/index.ts'
import { startTutti } from '../page.ts'
import { type Sdk, startSdk } from '../sdk.ts'

let sdk: Sdk | undefined

afterEach(async () => {
  await sdk?.stop()
  sdk = undefined
})

function ordersOf(name: string) {
  return defineCatalog(
    { name },
    {
      orders: counter({
        name: `${name}.orders`,
        description: 'Orders.',
        labels: { channel: ['web', 'app'] },
      }),
      size: histogram({ name: `${name}.size`, description: 'Size.', unit: 'By', buckets: [1, 10] }),
      feeds: gauge({ name: `${name}.feeds`, description: 'Feeds.' }),
    },
  )
}

test('without an SDK nothing happens and nothing throws', () => {
  const metrics = ordersOf('without')
  metrics.orders.add(1, { channel: 'web' })
  metrics.size.record(3)
  metrics.feeds.set(3)
  metrics.orders.with({ channel: 'app' }).add(1)
  expect(api.getMeterProvider().constructor.name).toMatch(/Noop/)
})

test('a catalog that was made before the SDK records once the SDK is there', async () => {
  const metrics = ordersOf('early')
  metrics.orders.add(10, { channel: 'web' })
  const bound = metrics.orders.with({ channel: 'app' })
  sdk = startSdk()
  metrics.orders.add(2, { channel: 'web' })
  bound.add(3)
  metrics.size.record(5)
  const collected = await sdk.collect()
  expect(collected.value('early.orders', { channel: 'web' })).toBe(2)
  expect(collected.value('early.orders', { channel: 'app' })).toBe(3)
  expect(collected.value('early.size')).toBe(1)
})

test('what a gauge was set to before the SDK came is true after it', async () => {
  const metrics = ordersOf('gauges')
  metrics.feeds.set(7)
  sdk = startSdk()
  metrics.orders.add(1, { channel: 'web' })
  expect((await sdk.collect()).value('gauges.feeds')).toBe(7)
})

test('the first use of any catalog brings every catalog to the SDK', async () => {
  ordersOf('sleeping')
  const metrics = ordersOf('waking')
  sdk = startSdk()
  metrics.orders.add(1, { channel: 'web' })
  expect((await sdk.collect()).value('sleeping.orders', { channel: 'web' })).toBe(0)
})

test('listed labels are zeros on the page soon after the SDK came, though nobody measures', async () => {
  ordersOf('unused')
  sdk = startSdk()
  const running = sdk
  await vi.waitFor(async () => {
    const collected = await running.collect()
    expect(collected.value('unused.orders', { channel: 'web' })).toBe(0)
    expect(collected.value('unused.orders', { channel: 'app' })).toBe(0)
  }, 20_000)
})

test('another provider takes over at once, and the one before gets nothing more', async () => {
  const metrics = ordersOf('replaced')
  const first = startSdk()
  metrics.orders.add(1, { channel: 'web' })
  api.disable()
  sdk = startSdk()
  metrics.orders.add(5, { channel: 'web' })
  expect((await sdk.collect()).value('replaced.orders', { channel: 'web' })).toBe(5)
  expect((await first.collect()).value('replaced.orders', { channel: 'web' })).toBe(1)
})

test('with Tutti a catalog has its scope, and histograms of listed labels are zeros, too', async () => {
  defineCatalog(
    { name: '@acme/zeros', version: '2.0.0' },
    {
      exports: operation({
        name: 'zeros.export',
        description: 'Exports.',
        labels: { format: ['csv', 'json'] },
      }),
    },
  )
  const page = startTutti()
  const metrics = ordersOf('paged')
  metrics.orders.add(4, { channel: 'web' })
  const lines = await page.lines()
  await page.stop()
  expect(lines).toContain('paged_orders_total{channel="web"} 4')
  expect(lines).toContain('paged_orders_total{channel="app"} 0')
  expect(lines).toContain('zeros_export_total{format="csv",outcome="success"} 0')
  expect(lines).toContain('zeros_export_duration_seconds_count{format="json",outcome="failure"} 0')
  expect(lines).toContain('zeros_export_in_flight{format="json"} 0')
})

test('a state that began before the SDK is on the page without another word', async () => {
  const metrics = defineCatalog(
    { name: 'breakers' },
    {
      breaker: stateSet({
        name: 'breaker.state',
        description: 'Breakers.',
        labels: { connector: ['github', 'jira'] },
        states: ['closed', 'open', 'half_open'],
        initial: 'closed',
      }),
    },
  )
  metrics.breaker.set('open', { connector: 'jira' })
  const page = startTutti()
  ordersOf('waker').orders.add(1, { channel: 'web' })
  const lines = (await page.lines()).filter(line => line.startsWith('breaker_state'))
  await page.stop()
  expect(lines.sort()).toEqual([
    'breaker_state{connector="github",state="closed"} 1',
    'breaker_state{connector="github",state="half_open"} 0',
    'breaker_state{connector="github",state="open"} 0',
    'breaker_state{connector="jira",state="closed"} 0',
    'breaker_state{connector="jira",state="half_open"} 0',
    'breaker_state{connector="jira",state="open"} 1',
  ])
})

test('a provider that throws is counted, and the app goes on', () => {
  const metrics = ordersOf('broken')
  const throwing = () => {
    throw new Error('no')
  }
  api.setGlobalMeterProvider({ getMeter: throwing })
  expect(() => metrics.orders.add(1, { channel: 'web' })).not.toThrow()
  api.disable()
  api.setGlobalMeterProvider({
    getMeter: () =>
      ({
        ...Object.fromEntries(
          ['createCounter', 'createHistogram'].map(key => [key, () => ({ add: throwing, record: throwing })]),
        ),
      }) as never,
  })
  expect(() => metrics.orders.add(1, { channel: 'web' })).not.toThrow()
  expect(() => metrics.size.record(1)).not.toThrow()
  api.disable()
})
