import { MetricReader } from '@opentelemetry/sdk-metrics'

/** A reader that collects when a test says so. */
export class OnRequestReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

export interface Collected {
  name: string
  attributes: Record<string, unknown>
  value: number
}

/** What the reader collects of instruments that have one number. */
export async function collect(reader: OnRequestReader): Promise<Collected[]> {
  const { resourceMetrics } = await reader.collect()
  return resourceMetrics.scopeMetrics.flatMap(({ metrics }) =>
    metrics.flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({
        name: descriptor.name,
        attributes,
        value: value as number,
      })),
    ),
  )
}
