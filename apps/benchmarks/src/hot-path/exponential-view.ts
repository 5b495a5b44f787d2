import { AggregationType, type ViewOptions } from '@opentelemetry/sdk-metrics'

/** Makes the histogram of this name one with exponential buckets, of the size that OpenTelemetry has by default. */
export const exponentialView: ViewOptions = {
  instrumentName: 'exponential',
  aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
}
