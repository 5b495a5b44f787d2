import { metrics } from '@opentelemetry/api'
import { readMetrics, SharedMeterProvider } from '@tutti/aggregator'
import { counter, defineCatalog, freeText, histogram } from '@tutti/business-metrics'
import { boundaries } from '../boundaries.ts'
import { makeTemporaryDirectory } from '../processes/temporary-directory.ts'
import { readTotals } from './read-totals.ts'
import type { Rival } from './rival.ts'
import { labelSets, order, otherShapes, values, wrap } from './workload.ts'

const description = 'What the benchmark records.'
const options = {
  description,
  // Whoever writes a catalog knows methods and statuses; routes are the app's.
  labels: { method: ['GET', 'POST', 'PUT', 'DELETE'], route: freeText(), status: [200, 201, 404, 500] },
} as const

/** Metrics of a catalog, on our own provider. Bound is what `with(labels)` gives out. */
export function startBusinessMetrics(): Rival {
  const directory = makeTemporaryDirectory()
  const provider = new SharedMeterProvider({ directory })
  metrics.setGlobalMeterProvider(provider)
  const catalog = defineCatalog(
    { name: 'bench' },
    {
      counter: counter({ name: 'counter', ...options }),
      histogram: histogram({ name: 'histogram', unit: '', buckets: boundaries, ...options }),
      boundCounter: counter({ name: 'bound.counter', ...options }),
      boundHistogram: histogram({ name: 'bound.histogram', unit: '', buckets: boundaries, ...options }),
    },
  )
  const sets = labelSets as readonly { method: 'GET'; route: string; status: 200 }[]
  const boundCounters = sets.map(set => catalog.boundCounter.with({ ...set }))
  const boundHistograms = sets.map(set => catalog.boundHistogram.with({ ...set }))

  return {
    operations: {
      counter(calls) {
        for (let call = 0; call < calls; call++) {
          const set = sets[order[call & wrap]]
          catalog.counter.add(1, { method: set.method, route: set.route, status: set.status })
        }
      },
      histogram(calls) {
        for (let call = 0; call < calls; call++) {
          const set = sets[order[call & wrap]]
          catalog.histogram.record(values[call & wrap], {
            method: set.method,
            route: set.route,
            status: set.status,
          })
        }
      },
      boundCounter(calls) {
        for (let call = 0; call < calls; call++) boundCounters[order[call & wrap]].add(1)
      },
      boundHistogram(calls) {
        for (let call = 0; call < calls; call++)
          boundHistograms[order[call & wrap]].record(values[call & wrap])
      },
    },
    useOtherInstruments: useOtherCatalogs,
    async read() {
      const { scopeMetrics } = await readMetrics(directory)
      const own = scopeMetrics.filter(({ scope }) => scope.name === 'bench').flatMap(scope => scope.metrics)
      return readTotals(
        own.map(({ descriptor, dataPoints }) => ({
          descriptor: { name: descriptor.name.replace(/\.\w/, ([, letter]) => letter.toUpperCase()) },
          dataPoints,
        })),
      )
    },
    stop: () => provider.shutdown(),
  }
}

function useOtherCatalogs(): void {
  for (const [index, shape] of otherShapes.entries()) {
    const labels = Object.fromEntries(Object.keys(shape('', 0)).map(name => [name, freeText()]))
    const other = defineCatalog(
      { name: `other-${index}` },
      {
        counter: counter({ name: `other_counter_${index}`, description, labels }),
        histogram: histogram({ name: `other_histogram_${index}`, description, labels, unit: '' }),
      },
    )
    for (let call = 0; call < 20_000; call++) {
      const set = labelSets[call & 63]
      other.counter.add(1, shape(set.route, call & 7) as Record<string, string>)
      other.histogram.record(call, shape(set.method, call & 7) as Record<string, string>)
    }
  }
}
