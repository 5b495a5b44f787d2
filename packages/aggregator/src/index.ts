export { type ChosenDirectory, chooseDirectory } from './directory/choose.ts'
export { exposerAddress } from './exposer/address.ts'
export { type ContenderOptions, contendForExposer, type ExposerContender } from './exposer/contend.ts'
export type { Exposer, ExposerOptions } from './exposer/exposer-options.ts'
export { type MetricsHandler, type MetricsHandlerOptions, metricsHandler } from './exposer/metrics-handler.ts'
export { startExposer } from './exposer/start-exposer.ts'
export { PageOptionError, type PageOptions } from './exposition/page-options.ts'
export { renderMetrics } from './exposition/render-metrics.ts'
export type { TranslationStrategy } from './exposition/strategy.ts'
export type {
  Bindable,
  BoundCounter,
  BoundRecorder,
  OwnedSeries,
  SharedCounter,
  SharedGauge,
  SharedHistogram,
  SharedMeter,
  SharedMetricOptions,
  SharedUpDownCounter,
} from './instrument/bound.ts'
export { type MergeOption, MergeOptionError, type MergeRule } from './instrument/merge-rules.ts'
export type { SharedMeterProviderOptions } from './instrument/provider-options.ts'
export { SharedMeterProvider } from './instrument/shared-meter-provider.ts'
export { readMetrics } from './merge/read-metrics.ts'
export type { WithExemplars } from './merge/resource-metrics.ts'
export type { Exemplar } from './segment/exemplar-cells.ts'
export type { MergePolicy } from './segment/merge-policy.ts'
export { ViewError } from './view/view-error.ts'
