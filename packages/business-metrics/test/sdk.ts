import { metrics } from '@opentelemetry/api'
import { type DataPoint, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'

/** What OpenTelemetry's own SDK has collected, by name and labels. */
export interface Collected {
  /** Undefined: there is no such series. Of a histogram, how many values. */
  value(name: string, labels?: Record<string, unknown>): number | undefined
  names(): string[]
}

export interface Sdk {
  collect(): Promise<Collected>
  stop(): Promise<void>
}

/** OpenTelemetry's own SDK, registered globally. */
export function startSdk(): Sdk {
  const reader = new IdleReader()
  const provider = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(provider)
  return {
    async collect() {
      const { resourceMetrics } = await reader.collect()
      const all = resourceMetrics.scopeMetrics.flatMap(scope => scope.metrics)
      return {
        names: () => all.map(({ descriptor }) => descriptor.name),
        value(name, labels = {}) {
          const metric = all.find(({ descriptor }) => descriptor.name === name)
          const points = (metric?.dataPoints ?? []) as DataPoint<unknown>[]
          const point = points.find(
            ({ attributes }) => JSON.stringify(sorted(attributes)) === JSON.stringify(sorted(labels)),
          )
          const value = point?.value
          return typeof value === 'object'
            ? (value as { count: number }).count
            : (value as number | undefined)
        },
      }
    },
    async stop() {
      metrics.disable()
      await provider.shutdown()
    },
  }
}

function sorted(labels: object): [string, unknown][] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
}

class IdleReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}
