import { MetricReader, type MetricReaderOptions, type ResourceMetrics } from '@opentelemetry/sdk-metrics'

/** A reader that collects when it is asked. */
export class PullReader extends MetricReader {
  flushes = 0

  constructor(options?: MetricReaderOptions) {
    super(options)
  }

  protected async onForceFlush(): Promise<void> {
    this.flushes++
  }

  protected async onShutdown(): Promise<void> {}
}

/** Values by metric and attributes: `orders{"country":"ch"}`. Of a histogram, its count. */
export function valuesOf({ scopeMetrics }: ResourceMetrics): Record<string, unknown> {
  const metrics = scopeMetrics.flatMap(({ metrics }) => metrics)
  return Object.fromEntries(
    metrics.flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => [
        descriptor.name + JSON.stringify(attributes),
        typeof value === 'number' ? value : value.count,
      ]),
    ),
  )
}

export async function collect(reader: MetricReader, timeoutMillis?: number) {
  const { resourceMetrics, errors } = await reader.collect({ timeoutMillis })
  return { values: valuesOf(resourceMetrics), errors, resourceMetrics }
}
