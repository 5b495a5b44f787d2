import type * as promClient from 'prom-client'

/** What two libraries of one API offer. */
export type Client = Pick<
  typeof promClient,
  'Counter' | 'Gauge' | 'Histogram' | 'Summary' | 'Registry' | 'AggregatorRegistry'
>

const METHODS = ['GET', 'POST', 'a "quoted"\\ \n one', '']
const CODES: (string | number | undefined)[] = [200, '200', 404, 5.5, undefined]

/**
 * A program of `steps` random steps, the same for the same seed, written against the API. It returns what it saw on its
 * way: pages, readings, errors.
 */
export async function runProgram(client: Client, seed: number, steps: number): Promise<unknown[]> {
  const random = randomFrom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]
  const isOpenMetrics = below(2) === 1
  const { OPENMETRICS_CONTENT_TYPE: openMetrics, PROMETHEUS_CONTENT_TYPE: prometheus } = client.Registry
  const Registry = client.Registry as unknown as new (type: string) => promClient.Registry
  const registry = new Registry(isOpenMetrics ? openMetrics : prometheus)
  const shared = { help: 'A \\ line\nand another', registers: [registry] }
  const labelNames = ['method', 'code']
  // Not -1: that is what prom-client calls the bucket above all bounds, and counts the largest values there.
  const buckets = pick([undefined, [0.1, 1, 10], [-2, 0, 1], [5]])
  const withBuckets = buckets && { buckets }
  const metrics = {
    counter: new client.Counter({
      ...shared, // prom-client renames a counter that ends so when it first writes an OpenMetrics page.
      name: isOpenMetrics ? 'requests' : 'requests_total',
      labelNames,
    }),
    plainCounter: new client.Counter({ ...shared, name: 'plain', aggregator: pick(['max', 'sum']) }),
    gauge: new client.Gauge({ ...shared, name: 'level', labelNames }),
    plainGauge: new client.Gauge({ ...shared, name: 'plain:level' }),
    histogram: new client.Histogram({ ...shared, ...withBuckets, name: 'size', labelNames }),
    plainHistogram: new client.Histogram({ ...shared, ...withBuckets, name: 'plain_size' }),
    summary: new client.Summary({ ...shared, name: 'took', labelNames, percentiles: [0.25, 0.5, 0.99] }),
    plainSummary: new client.Summary({ ...shared, name: 'plain_took', compressCount: 10 }),
    collected: new client.Gauge({
      ...shared,
      name: 'collected',
      labelNames: ['of'],
      collect() {
        this.reset()
        this.set({ of: 'steps' }, seen.length)
      },
    }),
  }
  const seen: unknown[] = []
  const labels = (): Record<string, string | number> => {
    const code = pick(CODES)
    const all = { method: pick(METHODS), ...(code !== undefined && { code }) }
    return below(20) === 0 ? { ...all, unknown: 1 } : below(20) === 0 ? {} : all
  }
  const value = (): number => pick([0, 1, 0.1, 1e-9, 3.75, 12, 1e21, random() * 10])
  const signed = (): number => pick([value(), -value()])
  const wrong = (): never => pick(['3', -1, Number.POSITIVE_INFINITY, {}, 'x']) as never
  // Kept through resets and removals, as an app keeps them.
  const kept = {
    counter: metrics.counter.labels('kept', '1'),
    gauge: metrics.gauge.labels({ method: 'kept' }),
    histogram: metrics.histogram.labels('kept', '2'),
    summary: metrics.summary.labels('kept', '3'),
  }
  const actions: (() => unknown)[] = [
    () => metrics.counter.inc(labels(), value()),
    () => metrics.counter.inc(labels()),
    () => metrics.counter.labels(pick(METHODS), '200').inc(value()),
    () => metrics.counter.labels(labels()).inc(),
    () => metrics.counter.labels('one too few'),
    () => metrics.counter.inc(labels(), wrong()),
    () => metrics.plainCounter.inc(value()),
    () => metrics.plainCounter.inc(wrong()),
    () => metrics.plainCounter.labels().inc(2),
    () => kept.counter.inc(value()),
    () => metrics.gauge.set(labels(), pick([signed(), Number.NaN, Number.NEGATIVE_INFINITY])),
    () => metrics.gauge.inc(labels(), signed()),
    () => metrics.gauge.dec(labels()),
    () => metrics.gauge.labels(pick(METHODS), '404').dec(signed()),
    () => metrics.gauge.set(labels(), pick(['3', undefined, null]) as never),
    () => metrics.plainGauge.set(signed()),
    () => metrics.plainGauge.inc(pick(['3', [], true]) as never),
    () => kept.gauge.set(signed()),
    () => kept.gauge.inc(),
    () => metrics.histogram.observe(labels(), signed()),
    () => metrics.histogram.labels(pick(METHODS), '200').observe(value()),
    () => metrics.histogram.zero({ method: 'zero' }),
    () => metrics.histogram.observe(labels(), pick(['3', Number.NaN]) as never),
    () => metrics.plainHistogram.observe(signed()),
    () => kept.histogram.observe(value()),
    () => metrics.summary.observe(labels(), signed()),
    () => metrics.plainSummary.observe(value()),
    () => kept.summary.observe(value()),
    () => below(3) === 0 && metrics.counter.remove(labels()),
    () => below(3) === 0 && metrics.counter.remove('kept', '1'),
    () => below(3) === 0 && metrics.gauge.remove(labels()),
    () => below(3) === 0 && metrics.histogram.remove({ method: 'kept', code: '2' }),
    () => below(3) === 0 && metrics.summary.remove(labels()),
    () =>
      below(6) === 0 &&
      pick([metrics.counter, metrics.plainGauge, metrics.histogram, metrics.summary]).reset(),
    () => below(20) === 0 && registry.resetMetrics(),
    () =>
      below(6) === 0 && registry.setDefaultLabels(pick([{ app: 'a' }, { method: 'default', x: 'y' }, {}])),
    () => below(20) === 0 && registry.removeSingleMetric('plain_took'),
    () => new client.Counter({ ...shared, name: pick(['plain', '0', 'new metric']) }),
    // prom-client has it registered already when it refuses it.
    () => new client.Histogram({ ...shared, registers: [], name: 'fresh', labelNames: ['le'] }),
  ]
  for (let step = 0; step < steps; step++) {
    try {
      pick(actions)()
    } catch (error) {
      seen.push(`${(error as Error).name}: ${(error as Error).message.replace(/(name|invalid): .*/, '$1')}`)
    }
    if (below(40) === 0) seen.push(samplesOf(await registry.metrics()))
  }
  seen.push(samplesOf(await registry.metrics()), plain(await registry.getMetricsAsJSON()))
  seen.push(samplesOf(await registry.getSingleMetricAsString('size')))
  seen.push(await merged(client, registry))
  return seen
}

/** Two processes that said the same, as one. */
async function merged({ AggregatorRegistry }: Client, registry: promClient.Registry): Promise<unknown> {
  const readings = await registry.getMetricsAsJSON()
  const aggregated = AggregatorRegistry.aggregate([readings, structuredClone(plain(readings)) as never])
  return samplesOf(await aggregated.metrics())
}

/** A page as a map of its lines, labels in one order: where in a page a line stands means nothing. */
export function samplesOf(page: string): string[] {
  return page
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [, name, labels, rest] = /^([^#{ ]+)\{(.*)\} (.*)$/s.exec(line) ?? []
      if (name === undefined) return line
      const pairs = labels.match(/[^,=]+="(?:[^"\\]|\\.)*"/gs) ?? []
      return `${name}{${pairs.sort().join()}} ${rest}`
    })
    .sort()
}

/** Without what is undefined, null or a function; labels by what they read: a gauge of theirs keeps the last one's type. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each) => {
      if (key === 'labels')
        return Object.fromEntries(Object.entries(each).map(([name, of]) => [name, `${of}`]))
      return each === null ? undefined : each
    }),
  )
}

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
