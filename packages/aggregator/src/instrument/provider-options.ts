import type { Resource } from '@opentelemetry/resources'
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics'
import type { PageOptions } from '../exposition/page-options.ts'
import type { ExemplarFilter } from '../series/sampling.ts'
import type { LimitOptions } from './limits.ts'
import type { MergeOption } from './merge-rules.ts'

export interface SharedMeterProviderOptions extends LimitOptions {
  /** Where the segments of this service instance live. Default: `TUTTI_DIR`, else a new directory on memory. */
  directory?: string
  /** Describes the service; shared by all its processes. */
  resource?: Pick<Resource, 'attributes'>
  /**
   * Which streams instruments lead to: the SDK's own options (OpenTelemetry metrics SDK, View).
   * @example
   * views: [{ instrumentName: 'http.*', attributesProcessors: [createDenyListAttributesProcessor(['user.id'])] }]
   */
  views?: readonly ViewOptions[]
  /**
   * Get the merged metrics of all processes: any of the SDK's, or another `IMetricReader`. Give every process the
   * same ones in the same order: those that are asked answer in each, those that push do so in one elected process.
   */
  readers?: readonly IMetricReader[]
  /**
   * How the values of several workers become one, by instrument name; see docs/merging.md. Also by `TUTTI_MERGE`.
   */
  merge?: MergeOption
  /** What `SharedMeterProvider.render` shows and how it names it. */
  page?: PageOptions
  /**
   * Which measurements become exemplars, links from the page to traces: those made while a sampled span is active
   * (`trace_based`), all, or none. Default: `OTEL_METRICS_EXEMPLAR_FILTER`, else `trace_based`.
   */
  exemplarFilter?: ExemplarFilter
  /** Milliseconds between two rounds of observable callbacks. Default 1,000. */
  observationIntervalMs?: number
  /** Told each trouble once, in one line. Default: OpenTelemetry's `diag.warn`. */
  warn?: (line: string) => void
  /** `heap` takes the store for platforms without mapping although mapping is there. */
  store?: 'mapped' | 'heap'
  /** Milliseconds since the epoch. */
  now?: () => number
  /** Where limits and `TUTTI_MERGE` are read from. Default `process.env`. */
  env?: NodeJS.ProcessEnv
}
