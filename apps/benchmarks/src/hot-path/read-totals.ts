import type { DataPoint, ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics'
import type { SeriesTotal, Totals } from './expected.ts'
import { type Labels, operations } from './workload.ts'

interface NamedPoints {
  descriptor: { name: string }
  dataPoints: readonly Pick<DataPoint<unknown>, 'attributes' | 'value'>[]
}

/** OpenTelemetry's metrics as totals: the SDK's, and our own provider's, whose `readMetrics` returns the same model. */
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
