import { boundaries } from '../boundaries.ts'
import type { PromClient } from '../prom-client-api.ts'
import type { SeriesTotal } from './expected.ts'
import type { Rival } from './rival.ts'
import { type Labels, labelSets, order, otherShapes, values, wrap } from './workload.ts'

/** prom-client and its successor @prometheus-io/client offer the same functions here; each runs in its own process. */
export function startPromClient(client: PromClient): Rival {
  const registry = new client.Registry()
  const labelNames = ['method', 'route', 'status'] as const
  const shared = { help: 'What the benchmark records.', labelNames, registers: [registry] }
  const counter = new client.Counter({ name: 'counter', ...shared })
  const histogram = new client.Histogram({ name: 'histogram', buckets: boundaries, ...shared })
  const toBindCounter = new client.Counter({ name: 'boundCounter', ...shared })
  const toBindHistogram = new client.Histogram({ name: 'boundHistogram', buckets: boundaries, ...shared })
  const boundCounters = labelSets.map(set => toBindCounter.labels({ ...set }))
  const boundHistograms = labelSets.map(set => toBindHistogram.labels({ ...set }))

  return {
    operations: {
      counter(calls) {
        for (let call = 0; call < calls; call++) {
          const set = labelSets[order[call & wrap]]
          counter.inc({ method: set.method, route: set.route, status: set.status }, 1)
        }
      },
      histogram(calls) {
        for (let call = 0; call < calls; call++) {
          const set = labelSets[order[call & wrap]]
          histogram.observe({ method: set.method, route: set.route, status: set.status }, values[call & wrap])
        }
      },
      boundCounter(calls) {
        for (let call = 0; call < calls; call++) boundCounters[order[call & wrap]].inc(1)
      },
      boundHistogram(calls) {
        for (let call = 0; call < calls; call++)
          boundHistograms[order[call & wrap]].observe(values[call & wrap])
      },
    },
    useOtherInstruments() {
      for (const [index, shape] of otherShapes.entries()) {
        const other = { help: 'Another one.', labelNames: Object.keys(shape('', 0)), registers: [registry] }
        const otherCounter = new client.Counter({ name: `other_counter_${index}`, ...other })
        const otherHistogram = new client.Histogram({ name: `other_histogram_${index}`, ...other })
        for (let call = 0; call < 20_000; call++) {
          const set = labelSets[call & 63]
          otherCounter.inc(shape(set.route, call & 7), 1)
          otherHistogram.observe(shape(set.method, call & 7), call)
        }
      }
    },
    async read() {
      return {
        counter: readCounter(await counter.get()),
        histogram: readHistogram(await histogram.get()),
        boundCounter: readCounter(await toBindCounter.get()),
        boundHistogram: readHistogram(await toBindHistogram.get()),
      }
    },
    async stop() {},
  }
}

interface Samples {
  values: {
    labels: Partial<Record<string, string | number>>
    value: number
    metricName?: string | undefined
  }[]
}

function readCounter({ values: samples }: Samples): SeriesTotal[] {
  return samples.map(({ labels, value }) => ({ ...labelsOf(labels), count: value }))
}

/** The samples are those of the page: cumulative buckets, then sum and count, each with its labels. */
function readHistogram({ values: samples }: Samples): SeriesTotal[] {
  const series = new Map<string, SeriesTotal & { buckets: number[] }>()
  for (const { labels, value, metricName = '' } of samples) {
    const own = labelsOf(labels)
    const key = JSON.stringify(own)
    const one = series.get(key) ?? { ...own, count: 0, sum: 0, buckets: [] }
    series.set(key, one)
    if (metricName.endsWith('_bucket')) one.buckets.push(value)
    else if (metricName.endsWith('_sum')) one.sum = value
    else one.count = value
  }
  for (const one of series.values())
    one.buckets = one.buckets.map((value, i, all) => value - (all[i - 1] ?? 0))
  return [...series.values()]
}

function labelsOf({ method, route, status }: Partial<Record<string, string | number>>): Labels {
  return { method: String(method), route: String(route), status: Number(status) }
}
