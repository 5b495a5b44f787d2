import type { Counter } from './metrics/counter.ts'
import type { Gauge } from './metrics/gauge.ts'
import type { Histogram } from './metrics/histogram.ts'
import type { Summary } from './metrics/summary.ts'
import type { Registry } from './registry/registry.ts'

/*
 * The names and shapes of prom-client's type declarations, so that programs written against those compile against these.
 */

export type Charset = 'utf-8'
export type PrometheusMIME = 'text/plain'
export type PrometheusMetricsVersion = '0.0.4'
export type OpenMetricsMIME = 'application/openmetrics-text'
export type OpenMetricsVersion = '1.0.0'
export type PrometheusContentType =
  `${PrometheusMIME}; version=${PrometheusMetricsVersion}; charset=${Charset}`
export type OpenMetricsContentType = `${OpenMetricsMIME}; version=${OpenMetricsVersion}; charset=${Charset}`
export type RegistryContentType = PrometheusContentType | OpenMetricsContentType

export type AnyRegistry =
  | Registry<PrometheusContentType>
  | Registry<OpenMetricsContentType>
  | Registry<RegistryContentType>

/** How `AggregatorRegistry` makes one value of those of several processes. */
export type Aggregator = 'omit' | 'sum' | 'first' | 'min' | 'max' | 'average'

export type Collector = () => void
export type CollectFunction<T> = (this: T) => void | Promise<void>

export type LabelValues<T extends string> = Partial<Record<T, string | number>>

export type Metric<T extends string = string> = Counter<T> | Gauge<T> | Summary<T> | Histogram<T>

/** Declared as prom-client declares it, where it has no values either: `type` is a text when the program runs. */
export declare enum MetricType {
  Counter = 0,
  Gauge = 1,
  Histogram = 2,
  Summary = 3,
}

export interface MetricObject {
  name: string
  help: string
  type: MetricType
  aggregator: Aggregator
  // biome-ignore lint/suspicious/noExplicitAny: a function with any `this`, as in prom-client's types
  collect: CollectFunction<any>
}

export interface MetricValue<T extends string> {
  value: number
  labels: LabelValues<T>
}

export type MetricValueWithName<T extends string> = MetricValue<T> & { metricName?: string }

export interface MetricObjectWithValues<V extends MetricValue<string>> extends MetricObject {
  values: V[]
}

export interface MetricConfiguration<T extends string> {
  /** As it stands on the page: nothing is added to it. */
  name: string
  help: string
  labelNames?: T[] | readonly T[]
  /** Default: the global registry. */
  registers?: AnyRegistry[]
  /** Default `sum`. */
  aggregator?: Aggregator
  /** Called before the metric is read. */
  // biome-ignore lint/suspicious/noExplicitAny: a function with any `this`, as in prom-client's types
  collect?: CollectFunction<any>
  /** On registries of OpenMetrics' content type only. */
  enableExemplars?: boolean
}

export interface CounterConfiguration<T extends string> extends MetricConfiguration<T> {
  collect?: CollectFunction<Counter<T>>
}

export interface GaugeConfiguration<T extends string> extends MetricConfiguration<T> {
  collect?: CollectFunction<Gauge<T>>
}

export interface HistogramConfiguration<T extends string> extends MetricConfiguration<T> {
  /** Upper bounds, inclusive, ascending. Default 0.005 to 10. */
  buckets?: number[]
  collect?: CollectFunction<Histogram<T>>
}

export interface SummaryConfiguration<T extends string> extends MetricConfiguration<T> {
  /** Between 0 and 1. */
  percentiles?: number[]
  /** With `ageBuckets`: how far back percentiles look. Default: for ever. */
  maxAgeSeconds?: number
  /** In how many steps what is too old is forgotten. */
  ageBuckets?: number
  /** Leaves out label sets of which nothing is young enough. */
  pruneAgedBuckets?: boolean
  /** After so many observations the digest is made small again. Default 1,000. */
  compressCount?: number
  collect?: CollectFunction<Summary<T>>
}

export interface IncreaseDataWithExemplar<T extends string> {
  value?: number
  labels?: LabelValues<T>
  exemplarLabels?: LabelValues<T>
}

export interface ObserveDataWithExemplar<T extends string> {
  value: number
  labels?: LabelValues<T>
  exemplarLabels?: LabelValues<T>
}

export interface DefaultMetricsCollectorConfiguration<T extends RegistryContentType> {
  register?: Registry<T>
  prefix?: string
  gcDurationBuckets?: number[]
  /** Milliseconds between two looks at the event loop. Default 10. */
  eventLoopMonitoringPrecision?: number
  labels?: object
}
