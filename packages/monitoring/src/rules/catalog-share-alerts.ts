import type { InstrumentDescription, MetricDescription } from '@tutti/business-metrics'
import { growing, steady } from './alert.ts'
import type { OfPart } from './catalog-alerts.ts'
import { catalogRecords } from './catalog-recordings.ts'
import { aboveAndBelow, humanized, humanizedPercentage } from './humanize.ts'
import { by, labelsOf, naming, seriesOf } from './part.ts'

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
  const [hit, error] = [aboveAndBelow(hits), aboveAndBelow(failures)]
  return [
    {
      ...{ name: 'CacheHitRateCollapsed', severity: 'warning', forSeconds: 600, labels },
      expr:
        `${recorded(cacheHitRatio, metric, job)} < ${hits}\n` +
        `and\n${recorded(cacheLookups, metric, job)} > 1`,
      summary: `The cache ${metric.name} of {{ $labels.job }} hardly helps${naming(own)}`,
      description: `Only {{ $value | humanizePercentage }} of what is asked for is there. ${metric.description}`,
      firing: {
        series: series({ hit: hit.below, miss: 1 - hit.below }),
        ...{ atMinutes: 20, labels: own, value: humanizedPercentage(hit.below) },
      },
      quiet: { series: series({ hit: hit.above, miss: 1 - hit.above }), atMinutes: 20 },
    },
    {
      ...{ name: 'CacheFailing', severity: 'critical', forSeconds: 300, labels },
      expr: `${recorded(cacheErrorRatio, metric, job)} > ${failures}`,
      summary: `The cache ${metric.name} of {{ $labels.job }} does not answer${naming(own)}`,
      description: `{{ $value | humanizePercentage }} of lookups fail. ${metric.description}`,
      firing: {
        series: series({ hit: 1 - error.above, error: error.above }),
        ...{ atMinutes: 20, labels: own, value: humanizedPercentage(error.above) },
      },
      quiet: { series: series({ hit: 1 - error.below, error: error.below }), atMinutes: 20 },
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
    : ({ success = 0 }) => ({ [seriesOf(part, job, own)]: steady(success) })
  const { above, below } = aboveAndBelow(thresholds.successRatio)
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
        series: series({ success: below, failure: 1 - below }),
        ...{ atMinutes: 20, labels: own, value: humanizedPercentage(below) },
      },
      quiet: { series: series({ success: above, failure: 1 - above }), atMinutes: 20 },
    },
  ]
}

function recorded(record: string, metric: MetricDescription, job: string): string {
  return `${record}{job="${job}", metric="${metric.name}"}`
}

/** Such a share of each outcome. */
function outcomes(part: InstrumentDescription, job: string, own: Record<string, string>) {
  return (shares: Readonly<Record<string, number>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(shares).map(([outcome, share]) => [
        seriesOf(part, job, own, `, outcome="${outcome}"`),
        growing(Math.round(share * 1e4)),
      ]),
    )
}
