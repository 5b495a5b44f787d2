import type { InstrumentDescription, MetricDescription } from '@tutti/business-metrics'
import type { Monitored } from '../options.ts'
import { duration } from '../promql.ts'
import { by, labelsOf } from './part.ts'
import type { Recording } from './recordings.ts'

/** Of every queue, cache and ratio of the catalogs; the label `metric` says of which. */
export const catalogRecords = {
  queueDepth: 'job_metric:queue_depth:current',
  queueAge: 'job_metric:queue_age_seconds:current',
  cacheLookups: 'job_metric:cache_lookups:rate5m',
  cacheHitRatio: 'job_metric:cache_lookups:hit_ratio_rate5m',
  cacheErrorRatio: 'job_metric:cache_lookups:error_ratio_rate5m',
  successRatio: 'job_metric:events:success_ratio_rate5m',
} as const

type Build = (part: InstrumentDescription, options: Monitored) => [record: string, expr: string][]

/** By shape: the part that is looked at. Where a part was left out by name there is nothing to record. */
const recordingsByShape: Partial<Record<MetricDescription['shape'], Record<string, Build>>> = {
  queue: {
    depth: (part, options) => [[catalogRecords.queueDepth, current(part, options)]],
    age: (part, options) => [[catalogRecords.queueAge, current(part, options)]],
  },
  cache: {
    lookups: (part, options) => [
      [catalogRecords.cacheLookups, rate(part, options)],
      // Of those that were answered: a cache that is away has its own alert.
      [catalogRecords.cacheHitRatio, share(part, options, 'outcome="hit"', 'outcome!="error"')],
      [catalogRecords.cacheErrorRatio, share(part, options, 'outcome="error"')],
    ],
  },
  ratio: {
    events: (part, options) => [[catalogRecords.successRatio, share(part, options, 'outcome="success"')]],
  },
}

export function buildCatalogRecordings(options: Monitored): Recording[] {
  return options.catalogs.flatMap(({ metrics }) => metrics.flatMap(metric => recordingsOf(metric, options)))
}

/** The recordings of one metric. */
export function recordingsOf(metric: MetricDescription, options: Monitored): Recording[] {
  const builders = recordingsByShape[metric.shape] ?? {}
  return metric.instruments
    .flatMap(part => builders[part.part]?.(part, options) ?? [])
    .map(([record, expr]) => ({ record, expr, labels: { metric: metric.name } }))
}

/** A queue in a database is the same for all who look; those in memory add up. */
function current(part: InstrumentDescription, { job }: Monitored): string {
  const how = part.across === 'sum' ? 'sum' : 'max'
  return `${how} by (${by(labelsOf(part))}) (${part.prometheusName}{job="${job}"})`
}

function rate(part: InstrumentDescription, { job }: Monitored, ...matchers: string[]): string {
  const all = [`job="${job}"`, ...matchers].filter(Boolean).join(', ')
  return `sum by (${by(labelsOf(part, 'outcome'))}) (rate(${part.prometheusName}{${all}}[${duration(300)}]))`
}

/** An outcome that never was has no series, and its share is zero. */
function share(part: InstrumentDescription, options: Monitored, matching: string, among = ''): string {
  const all = rate(part, options, among)
  return `(${rate(part, options, among, matching)} or 0 * ${all}) / ${all}`
}
