import type { InstrumentDescription, MetricDescription } from '@tutti/business-metrics'
import { growing, steady } from './alert.ts'
import type { OfPart } from './catalog-alerts.ts'
import { catalogRecords } from './catalog-recordings.ts'
import { by, humanized, labelsOf, naming, seriesOf } from './part.ts'

export const queueDepthAlert: OfPart = (metric, depth, { job, thresholds }) => {
  const own = labelsOf(depth)
  const series = seriesOf(depth, job, own)
  return [
    {
      name: 'QueueBacklogHigh',
      severity: 'warning',
      expr: `${recorded(catalogRecords.queueDepth, metric, job)} > ${thresholds.queueBacklogCount}`,
      forSeconds: 900,
      labels: { metric: metric.name },
      summary: `Entries pile up in ${metric.name} of {{ $labels.job }}${naming(own)}`,
      description: `{{ $value | humanize }} wait. ${metric.description}`,
      firing: {
        series: { [series]: steady(thresholds.queueBacklogCount * 10) },
        ...{ atMinutes: 30, labels: own, value: humanized(thresholds.queueBacklogCount * 10) },
      },
      quiet: { series: { [series]: steady(thresholds.queueBacklogCount * 0.5) }, atMinutes: 30 },
    },
  ]
}

export const queueAgeAlert: OfPart = (metric, age, { job, thresholds }) => {
  const own = labelsOf(age)
  const series = seriesOf(age, job, own)
  return [
    {
      name: 'QueueEntriesOld',
      severity: 'warning',
      expr: `${recorded(catalogRecords.queueAge, metric, job)} > ${thresholds.queueAgeSeconds}`,
      forSeconds: 300,
      labels: { metric: metric.name },
      summary: `Nobody takes what waits in ${metric.name} of {{ $labels.job }}${naming(own)}`,
      description: `The oldest entry has waited for {{ $value | humanize }} seconds. ${metric.description}`,
      firing: {
        series: { [series]: steady(thresholds.queueAgeSeconds * 10) },
        ...{ atMinutes: 20, labels: own, value: humanized(thresholds.queueAgeSeconds * 10) },
      },
      // It is worked on, slowly at times.
      quiet: { series: { [series]: `${thresholds.queueAgeSeconds * 2} 0+0x60` }, atMinutes: 20 },
    },
  ]
}

export const cacheAlerts: OfPart = (metric, lookups, { job, thresholds }) => {
  const own = labelsOf(lookups, 'outcome')
  const series = outcomes(lookups, job, own)
  const { cacheHitRatio, cacheErrorRatio, cacheLookups } = catalogRecords
  const { cacheHitRatio: hits, cacheFailureRatio: failures } = thresholds
  const labels = { metric: metric.name }
  return [
    {
      ...{ name: 'CacheHitRateCollapsed', severity: 'warning', forSeconds: 600, labels },
      expr:
        `${recorded(cacheHitRatio, metric, job)} < ${hits}\n` +
        `and\n${recorded(cacheLookups, metric, job)} > 1`,
      summary: `The cache ${metric.name} of {{ $labels.job }} hardly helps${naming(own)}`,
      description: `Only {{ $value | humanizePercentage }} of what is asked for is there. ${metric.description}`,
      firing: {
        series: series({ hit: 20, miss: 80 }),
        ...{ atMinutes: 20, labels: own, value: '20%' },
      },
      quiet: { series: series({ hit: 80, miss: 20 }), atMinutes: 20 },
    },
    {
      ...{ name: 'CacheFailing', severity: 'critical', forSeconds: 300, labels },
      expr: `${recorded(cacheErrorRatio, metric, job)} > ${failures}`,
      summary: `The cache ${metric.name} of {{ $labels.job }} does not answer${naming(own)}`,
      description: `{{ $value | humanizePercentage }} of lookups fail. ${metric.description}`,
      firing: {
        series: series({ hit: 40, miss: 10, error: 50 }),
        ...{ atMinutes: 20, labels: own, value: '50%' },
      },
      quiet: { series: series({ hit: 90, miss: 9, error: 1 }), atMinutes: 20 },
    },
  ]
}

/** By its counters, which add up over processes; only where there are none by the share that somebody said. */
export const ratioAlert: OfPart = (metric, part, { job, thresholds }) => {
  const hasEvents = metric.instruments.some(each => each.part === 'events')
  if (part.part === 'rate' && hasEvents) return []
  const own = labelsOf(part, 'outcome')
  const series = hasEvents
    ? outcomes(part, job, own)
    : ({ success = 0 }) => ({ [seriesOf(part, job, own)]: steady(success / 100) })
  const value = hasEvents
    ? recorded(catalogRecords.successRatio, metric, job)
    : `min by (${by(own)}) (${part.prometheusName}{job="${job}"})`
  return [
    {
      name: 'SuccessRateLow',
      severity: 'warning',
      expr: `${value} < ${thresholds.successRatio}`,
      forSeconds: 600,
      labels: { metric: metric.name },
      summary: `Too little of ${metric.name} of {{ $labels.job }} succeeds${naming(own)}`,
      description: `Only {{ $value | humanizePercentage }} do. ${metric.description}`,
      firing: {
        series: series({ success: 10, failure: 90 }),
        ...{ atMinutes: 20, labels: own, value: '10%' },
      },
      quiet: { series: series({ success: 90, failure: 10 }), atMinutes: 20 },
    },
  ]
}

function recorded(record: string, metric: MetricDescription, job: string): string {
  return `${record}{job="${job}", metric="${metric.name}"}`
}

/** So many of each outcome a minute. */
function outcomes(part: InstrumentDescription, job: string, own: Record<string, string>) {
  return (perMinute: Readonly<Record<string, number>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(perMinute).map(([outcome, count]) => [
        seriesOf(part, job, own, `, outcome="${outcome}"`),
        growing(count),
      ]),
    )
}
