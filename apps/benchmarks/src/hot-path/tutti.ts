import { readMetrics, SharedMeterProvider } from '@tutti/aggregator'
import { boundaries } from '../boundaries.ts'
import { makeTemporaryDirectory } from '../processes/temporary-directory.ts'
import { exponentialView } from './exponential-view.ts'
import { readTotals } from './opentelemetry.ts'
import type { Rival } from './rival.ts'
import { labelSets, order, otherShapes, values, wrap } from './workload.ts'

/** @param directory of a process that is there already and is to be joined. */
export function startTutti(directory: string = makeTemporaryDirectory()): Rival {
  const provider = new SharedMeterProvider({ directory, views: [exponentialView] })
  const meter = provider.getMeter('bench')
  const advice = { explicitBucketBoundaries: boundaries }
  const counter = meter.createCounter('counter')
  const histogram = meter.createHistogram('histogram', { advice })
  const exponential = meter.createHistogram('exponential')
  const toBindCounter = meter.createCounter('boundCounter')
  const toBindHistogram = meter.createHistogram('boundHistogram', { advice })
  const boundCounters = labelSets.map(set => toBindCounter.bind({ ...set }))
  const boundHistograms = labelSets.map(set => toBindHistogram.bind({ ...set }))

  return {
    directory,
    operations: {
      counter(calls) {
        for (let call = 0; call < calls; call++) {
          const set = labelSets[order[call & wrap]]
          counter.add(1, { method: set.method, route: set.route, status: set.status })
        }
      },
      histogram(calls) {
        for (let call = 0; call < calls; call++) {
          const set = labelSets[order[call & wrap]]
          histogram.record(values[call & wrap], { method: set.method, route: set.route, status: set.status })
        }
      },
      exponential(calls) {
        for (let call = 0; call < calls; call++) {
          const set = labelSets[order[call & wrap]]
          exponential.record(values[call & wrap], {
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
    useOtherInstruments() {
      for (const [index, shape] of otherShapes.entries()) {
        const otherCounter = meter.createCounter(`other_counter_${index}`)
        const otherHistogram = meter.createHistogram(`other_histogram_${index}`)
        const boundCounter = otherCounter.bind({ bound: 'yes' })
        const boundHistogram = otherHistogram.bind({ bound: 'yes' })
        for (let call = 0; call < 20_000; call++) {
          const set = labelSets[call & 63]
          otherCounter.add(1, shape(set.route, call & 7))
          otherHistogram.record(call, shape(set.method, call & 7))
          boundCounter.add(1)
          boundHistogram.record(call)
        }
      }
    },
    async read() {
      const { scopeMetrics } = await readMetrics(directory)
      return readTotals(scopeMetrics.flatMap(scope => scope.metrics))
    },
    stop: () => provider.shutdown(),
  }
}
