import {
  type DataPoint,
  type ExponentialHistogram,
  type Histogram,
  MeterProvider,
  MetricReader,
} from '@opentelemetry/sdk-metrics'
import { boundaries } from '../boundaries.ts'
import type { SeriesTotal, Totals } from './expected.ts'
import { exponentialView } from './exponential-view.ts'
import type { Rival } from './rival.ts'
import { type Labels, labelSets, operations, order, otherShapes, values, wrap } from './workload.ts'

export function startOpenTelemetry(): Rival {
  const reader = new IdleReader()
  const provider = new MeterProvider({ readers: [reader], views: [exponentialView] })
  const meter = provider.getMeter('bench')
  const counter = meter.createCounter('counter')
  const histogram = meter.createHistogram('histogram', { advice: { explicitBucketBoundaries: boundaries } })
  const exponential = meter.createHistogram('exponential')

  return {
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
    },
    useOtherInstruments() {
      for (const [index, shape] of otherShapes.entries()) {
        const otherCounter = meter.createCounter(`other_counter_${index}`)
        const otherHistogram = meter.createHistogram(`other_histogram_${index}`)
        for (let call = 0; call < 20_000; call++) {
          const set = labelSets[call & 63]
          otherCounter.add(1, shape(set.route, call & 7))
          otherHistogram.record(call, shape(set.method, call & 7))
        }
      }
    },
    async read() {
      const { resourceMetrics } = await reader.collect()
      return readTotals(resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics))
    },
    stop: () => provider.shutdown(),
  }
}

/** A reader that exports nothing by itself: the SDK records only where there is a reader. */
class IdleReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

interface NamedPoints {
  descriptor: { name: string }
  dataPoints: readonly Pick<DataPoint<unknown>, 'attributes' | 'value'>[]
}

/** OpenTelemetry's metrics as totals; shared with our own provider, whose `readMetrics` returns the same model. */
export function readTotals(metrics: readonly NamedPoints[]): Totals {
  return Object.fromEntries(
    operations.flatMap(name => {
      const metric = metrics.find(({ descriptor }) => descriptor.name === name)
      return metric ? [[name, metric.dataPoints.map(seriesOf)]] : []
    }),
  )
}

function seriesOf({ attributes, value }: NamedPoints['dataPoints'][number]): SeriesTotal {
  const { method, route, status } = attributes as unknown as Labels
  if (typeof value === 'number') return { method, route, status, count: value }
  const { count, sum = Number.NaN, ...histogram } = value as Histogram | ExponentialHistogram
  // All values are positive; how the buckets widen is another matter in every implementation.
  if ('scale' in histogram)
    return { method, route, status, count, sum, scaledCount: total(histogram.positive.bucketCounts) }
  return { method, route, status, count, sum, buckets: [...histogram.buckets.counts] }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
