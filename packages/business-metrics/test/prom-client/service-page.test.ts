import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
  register,
  Summary,
} from '../../src/prom-client/index.ts'
import { attend } from '../../src/shared/provider.ts'
import { shared } from '../../src/shared/state.ts'
import { startTutti, type TuttiPage } from '../page.ts'

let page: TuttiPage

beforeEach(() => {
  page = startTutti()
  attend()
})

afterEach(async () => {
  register.clear()
  await page.stop()
  attend()
})

/** The lines of the adapter's metrics. */
async function lines(name: RegExp): Promise<string[]> {
  return (await page.lines()).filter(line => name.test(line)).sort()
}

test('names and labels stand on the page as the service has them, without suffix, unit or scope', async () => {
  const counter = new Counter({ name: 'Http:requests', help: 'Requests.', labelNames: ['a__b'] })
  counter.inc({ a__b: 200 }, 2)
  counter.labels('200').inc()
  new Gauge({ name: '_level_total', help: 'A gauge.' }).set(1.5)
  const { body } = await new PageOf().read()
  expect(body).toContain(
    '# HELP Http:requests Requests.\n# TYPE Http:requests counter\nHttp:requests{a__b="200"} 3\n',
  )
  expect(body).toContain('# TYPE _level_total gauge\n_level_total 1.5\n')
  const openMetrics = await new PageOf().read('application/openmetrics-text')
  expect(openMetrics.body).toContain('\nHttp:requests{a__b="200"} 3')
})

test('the four types are on the page as their registry has them', async () => {
  const labels = { kind: 'x' }
  const histogram = new Histogram({ name: 'size', help: 'h', labelNames: ['kind'], buckets: [1, 10] })
  for (const value of [0.5, 5, 50, -5]) histogram.observe(labels, value)
  const summary = new Summary({ name: 'took', help: 'h', labelNames: ['kind'], percentiles: [0.5, 0.9] })
  for (const value of [1, 2, 3]) summary.labels('x').observe(value)
  new Counter({ name: 'seen', help: 'h', labelNames: ['kind'] }).inc(labels, 7)
  new Gauge({ name: 'now', help: 'h', labelNames: ['kind'] }).dec(labels, 7)
  const own = (await register.metrics()).split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const sorted = (all: string[]): string[] =>
    all.map(line => line.replace(/\{(.*)\}/, (_, of) => `{${of.split(',').sort()}}`)).sort()
  // Quantiles follow with the next look at them.
  await vi.waitFor(async () => expect(sorted(await lines(/^(size|took|seen|now)/))).toEqual(sorted(own)), {
    timeout: 30_000,
    interval: 100,
  })
})

test('what reset and remove take from a registry they take from the page', async () => {
  const counter = new Counter({ name: 'c', help: 'h', labelNames: ['l'] })
  const gauge = new Gauge({ name: 'g', help: 'h', labelNames: ['l'] })
  const kept = counter.labels('kept')
  kept.inc(3)
  counter.inc({ l: 'gone' }, 3)
  gauge.set({ l: 'gone' }, 3)
  gauge.set({ l: 'infinite' }, Number.POSITIVE_INFINITY)
  counter.remove('gone')
  gauge.remove({ l: 'gone' })
  expect(await lines(/^[cg]\b/)).toEqual(['c{l="kept"} 3'])
  counter.reset()
  expect(await lines(/^[cg]\b/)).toEqual([])
  kept.inc()
  gauge.set({ l: 'gone' }, 4)
  expect(await lines(/^[cg]\b/)).toEqual(['c{l="kept"} 1', 'g{l="gone"} 4'])
})

test('default labels are on the page, and a sample has not the old ones as well', async () => {
  const counter = new Counter({ name: 'c', help: 'h', labelNames: ['l'] })
  counter.inc({ l: 'a' }, 2)
  register.setDefaultLabels({ app: 'shop', l: 'default' })
  counter.inc({ l: 'a' })
  counter.inc()
  expect(await lines(/^c\b/)).toEqual(['c{app="shop",l="a"} 3', 'c{app="shop",l="default"} 1'])
})

test('a metric is on the page while a registry has it', async () => {
  const counter = new Counter({ name: 'c', help: 'h', registers: [] })
  counter.inc(2)
  expect(await lines(/^c\b/)).toEqual([])
  const registry = new Registry()
  registry.registerMetric(counter)
  register.registerMetric(counter)
  expect(await lines(/^c\b/)).toEqual(['c 2'])
  registry.clear()
  expect(await lines(/^c\b/)).toEqual(['c 2'])
  register.removeSingleMetric('c')
  expect(await lines(/^c\b/)).toEqual([])
})

test('a metric of two registries has the default labels of the one that remains', async () => {
  const registry = new Registry()
  registry.setDefaultLabels({ app: 'first' })
  const counter = new Counter({ name: 'c', help: 'h', labelNames: ['l'], registers: [registry, register] })
  counter.inc({ l: 'a' })
  expect(await lines(/^c\b/)).toEqual(['c{app="first",l="a"} 1'])
  registry.clear()
  counter.inc({ l: 'b' })
  expect(await lines(/^c\b/)).toEqual(['c{l="a"} 1', 'c{l="b"} 1'])
})

test('of two metrics of one name in two registries the first is on the page', async () => {
  new Counter({ name: 'c', help: 'h' }).inc(1)
  new Counter({ name: 'c', help: 'h', registers: [new Registry()] }).inc(10)
  expect(await lines(/^c\b/)).toEqual(['c 1'])
})

test('what is not to be added up is not', async () => {
  new Gauge({ name: 'omitted', help: 'h', aggregator: 'omit' }).set(1)
  new Counter({ name: 'largest', help: 'h', aggregator: 'max' }).inc(4)
  new Gauge({ name: 'unset', help: 'h', aggregator: 'average' })
  expect(await lines(/^(omitted|largest|unset)/)).toEqual(['largest 4'])
})

test('a provider that comes late gets all that was counted before', async () => {
  await page.stop()
  attend()
  const counter = new Counter({ name: 'c', help: 'h' })
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [1] })
  counter.inc(5)
  histogram.observe(0.25)
  page = startTutti()
  attend()
  counter.inc(1)
  histogram.observe(2)
  expect(await lines(/^[ch]\b|^h_/)).toEqual([
    'c 6',
    'h_bucket{le="+Inf"} 2',
    'h_bucket{le="1"} 1',
    'h_count 2',
    'h_sum 2.25',
  ])
})

test('a page never shows the middle of a collect function', async () => {
  let finish = (): void => {}
  let calls = 0
  const gauge = new Gauge({
    name: 'g',
    help: 'h',
    labelNames: ['l'],
    async collect() {
      this.reset()
      calls++
      await new Promise<void>(resolve => {
        finish = resolve
      })
      this.set({ l: `${calls}` }, calls)
    },
  })
  gauge.set({ l: '0' }, 0)
  const first = gauge.get()
  expect(await lines(/^g\b/)).toEqual(['g{l="0"} 0'])
  finish()
  expect((await first).values).toEqual([{ labels: { l: '1' }, value: 1 }])
  expect(await lines(/^g\b/)).toEqual(['g{l="1"} 1'])
})

test('collect functions are called for the page, and one that fails is not the end', async () => {
  let calls = 0
  new Counter({
    name: 'c',
    help: 'h',
    collect() {
      this.reset()
      this.inc(100 + ++calls)
      if (calls === 1) throw new Error('not yet')
    },
  })
  await vi.waitFor(
    async () => {
      const [line] = await lines(/^c\b/)
      expect(calls).toBeGreaterThan(1)
      expect(line).toBe(`c ${100 + calls}`)
    },
    { timeout: 30_000, interval: 100 },
  )
})

test('a collect function that never ends is given up on, counted, and called again', async () => {
  let calls = 0
  const gauge = new Gauge({
    name: 'hung',
    help: 'h',
    collect() {
      calls++
      return new Promise<void>(() => {})
    },
  })
  const bound = { timeout: 30_000, interval: 100 }
  await vi.waitFor(() => expect(calls).toBe(1), bound)
  const { dueMs } = gauge.publication
  expect(dueMs - performance.now()).toBeLessThanOrEqual(30_000)
  // As if the 30 seconds were over.
  gauge.publication.dueMs = 0
  await vi.waitFor(() => expect(calls).toBe(2), bound)
  expect(shared.errors.get({ kind: 'callback', metric: 'hung' })).toBe(1)
})

test('default metrics come with the names that prom-client gives them', async () => {
  collectDefaultMetrics({ prefix: 'my_', labels: { instance: 'a' } })
  await vi.waitFor(async () => expect(await lines(/^my_nodejs_active_handles_total/)).toHaveLength(1), {
    timeout: 30_000,
    interval: 200,
  })
  const found = new Set((await lines(/^my_/)).map(line => line.replace(/[{ ].*/s, '').slice(3)))
  // Left out of a cluster's page by prom-client, too.
  const wanted = (await register.getMetricsAsJSON()).filter(({ aggregator }) => aggregator !== 'omit')
  for (const { name, values } of wanted) {
    if (values.length > 0 && !name.includes('gc_duration')) expect(found).toContain(name.slice(3))
  }
})

test('clusterMetrics is the page of the whole service', async () => {
  new Counter({ name: 'c', help: 'h' }).inc(5)
  const text = await new AggregatorRegistry().clusterMetrics()
  expect(text).toContain('# TYPE c counter\nc 5\n')
  const openMetrics = new AggregatorRegistry(Registry.OPENMETRICS_CONTENT_TYPE)
  expect(await openMetrics.clusterMetrics()).toMatch(/\nc 5\n.*# EOF\n$/s)
})

class PageOf {
  async read(accept?: string): Promise<{ body: string }> {
    const { renderMetrics } = await import('@tutti/aggregator')
    return {
      body: String((await renderMetrics(page.directory, accept === undefined ? {} : { accept })).body),
    }
  }
}
