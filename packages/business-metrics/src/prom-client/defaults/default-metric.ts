import { Gauge } from '../metrics/gauge.ts'
import type { Aggregator, AnyRegistry } from '../types.ts'

/** What `collectDefaultMetrics` was asked for. */
export interface DefaultMetricOptions {
  readonly registers: AnyRegistry[] | undefined
  readonly prefix: string
  /** Of every sample. */
  readonly labels: Readonly<Record<string, string | number>>
  readonly gcDurationBuckets: readonly number[] | undefined
  readonly eventLoopMonitoringPrecision: number
  readonly enableExemplars: boolean
}

export interface DefaultGauge {
  readonly name: string
  readonly help: string
  readonly labelNames?: readonly string[]
  readonly aggregator?: Aggregator
  readonly collect?: (this: Gauge) => void
}

export function defaultGauge(
  { registers, prefix, labels }: DefaultMetricOptions,
  { name, help, labelNames = [], aggregator, collect }: DefaultGauge,
): Gauge {
  return new Gauge({
    name: prefix + name,
    help,
    labelNames: [...labelNames, ...Object.keys(labels)],
    ...(registers && { registers }),
    ...(aggregator && { aggregator }),
    ...(collect && { collect }),
  })
}
