import type { InstrumentDescription, MetricDescription } from '@tutti/business-metrics'
import { metricOf } from '../names/metric.ts'
import type { Monitored } from '../options.ts'
import { duration, rate, type Scope, share } from '../promql.ts'
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
      [catalogRecords.cacheLookups, rate(metricOf(part), scopeOf(options), byAllBut(part, 'outcome'))],
      // Of those that were answered: a cache that is away has its own alert.
      [catalogRecords.cacheHitRatio, outcomeShare(part, options, 'outcome="hit"', 'outcome!="error"')],
      [catalogRecords.cacheErrorRatio, outcomeShare(part, options, 'outcome="error"')],
    ],
  },
  ratio: {
    events: (part, options) => [
      [catalogRecords.successRatio, outcomeShare(part, options, 'outcome="success"')],
    ],
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

function outcomeShare(part: InstrumentDescription, options: Monitored, matching: string, among = ''): string {
  return share(metricOf(part), scopeOf(options), byAllBut(part, 'outcome'), matching, among)
}

function scopeOf({ job }: Monitored): Scope {
  return { matchers: `job="${job}"`, range: duration(300) }
}

function byAllBut(part: InstrumentDescription, label: string): string {
  return by(labelsOf(part, label))
}
