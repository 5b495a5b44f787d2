import { Registry } from './registry/registry.ts'
import type { OpenMetricsContentType, PrometheusContentType } from './types.ts'

/** prom-client's API on Tutti: see docs/guides/migrate-from-prom-client.md. */
export { exponentialBuckets, linearBuckets } from './buckets.ts'
export { collectDefaultMetrics } from './defaults/collect-default-metrics.ts'
export { Counter } from './metrics/counter.ts'
export { Gauge } from './metrics/gauge.ts'
export { Histogram } from './metrics/histogram.ts'
export { Summary } from './metrics/summary.ts'
export { Pushgateway } from './pushgateway.ts'
export { AggregatorRegistry } from './registry/aggregator-registry.ts'
export { aggregators } from './registry/aggregators.ts'
export { validateMetricName } from './series/label-rules.ts'
export type {
  Aggregator,
  Charset,
  CollectFunction,
  Collector,
  CounterConfiguration,
  DefaultMetricsCollectorConfiguration,
  GaugeConfiguration,
  HistogramConfiguration,
  IncreaseDataWithExemplar,
  LabelValues,
  Metric,
  MetricConfiguration,
  MetricObject,
  MetricObjectWithValues,
  MetricType,
  MetricValue,
  MetricValueWithName,
  ObserveDataWithExemplar,
  OpenMetricsContentType,
  OpenMetricsMIME,
  OpenMetricsVersion,
  PrometheusContentType,
  PrometheusMetricsVersion,
  PrometheusMIME,
  RegistryContentType,
  SummaryConfiguration,
} from './types.ts'
export { Registry }

/** The registry of all metrics that name no other. */
export const register: Registry = Registry.globalRegistry
export const prometheusContentType: PrometheusContentType = Registry.PROMETHEUS_CONTENT_TYPE
export const openMetricsContentType: OpenMetricsContentType = Registry.OPENMETRICS_CONTENT_TYPE
/** That of `register`. Of the CommonJS module it may also be set. */
export declare const contentType:
  | 'text/plain; version=0.0.4; charset=utf-8'
  | 'application/openmetrics-text; version=1.0.0; charset=utf-8'
