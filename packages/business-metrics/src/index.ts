export { type Clash, findClashes } from './catalog/clashes.ts'
export {
  type Catalog,
  type CatalogOptions,
  type Definitions,
  defineCatalog,
} from './catalog/define.ts'
export type { Definition, ObjectiveDescription, Shape } from './catalog/definition.ts'
export type {
  CatalogDescription,
  InstrumentDescription,
  LabelDescription,
  MetricDescription,
} from './catalog/describe.ts'
export { catalogMarkdown } from './catalog/markdown.ts'
export { prometheusName } from './catalog/prometheus-name.ts'
export {
  type FreeText,
  type FreeTextOptions,
  freeText,
  type LabelArguments,
  type LabelDefinition,
  type LabelDefinitions,
  type LabelsOf,
  type LabelValue,
} from './labels/definitions.ts'
export { type BoundCounter, type Counter, type CounterOptions, counter } from './metrics/counter.ts'
export { type BoundGauge, type Gauge, type GaugeOptions, gauge } from './metrics/gauge.ts'
export {
  type BoundHistogram,
  type Histogram,
  type HistogramOptions,
  histogram,
} from './metrics/histogram.ts'
export { MetricMisuseError, type MisuseCode } from './misuse-error.ts'
export type { Across } from './recording/instrument-spec.ts'
export { type Cache, type CacheLevels, type CacheOptions, cache } from './shapes/cache.ts'
export { type Health, type HealthOptions, health } from './shapes/health.ts'
export { type Job, type JobOptions, type JobRun, job } from './shapes/job.ts'
export { type Objective, type ObjectiveOptions, type ObjectiveTarget, objective } from './shapes/objective.ts'
export { type Operation, type OperationOptions, operation } from './shapes/operation.ts'
export { type Pool, type PoolLevels, type PoolOptions, pool } from './shapes/pool.ts'
export { type Queue, type QueueLevels, type QueueOptions, queue } from './shapes/queue.ts'
export { type Ratio, type RatioOptions, ratio } from './shapes/ratio.ts'
export type { Run } from './shapes/run.ts'
export { type StateSet, type StateSetOptions, stateSet } from './shapes/state-set.ts'
export { configureMetrics, type MetricsConfiguration, metricsConfiguration } from './shared/settings.ts'
