import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics'
import type { SeriesTotal, Totals } from './expected.ts'
import type { Labels } from './workload.ts'

interface NamedPoints {
  descriptor: { name: string }
  dataPoints: readonly Pick<DataPoint<unknown>, 'attributes' | 'value'>[]
}

/** OpenTelemetry's metrics as totals: the SDK's, and our own provider's, whose `readMetrics` returns the same model. */
export function readTotals(metrics: readonly NamedPoints[]): Totals {
  return Object.fromEntries(
    ['counter', 'histogram', 'boundCounter', 'boundHistogram'].flatMap(name => {
      const metric = metrics.find(({ descriptor }) => descriptor.name === name)
      return metric ? [[name, metric.dataPoints.map(seriesOf)]] : []
    }),
  )
}

function seriesOf({ attributes, value }: NamedPoints['dataPoints'][number]): SeriesTotal {
  const { method, route, status } = attributes as unknown as Labels
  if (typeof value === 'number') return { method, route, status, count: value }
  const histogram = value as Histogram
  return {
    method,
    route,
    status,
    count: histogram.count,
    sum: histogram.sum ?? Number.NaN,
    buckets: [...histogram.buckets.counts],
  }
}
