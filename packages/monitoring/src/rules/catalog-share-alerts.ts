import type { MetricDescription } from '@tutti/business-metrics'
import { steady } from './alert.ts'
import { catalogRecords } from './catalog-recordings.ts'
import { humanized } from './humanize.ts'
import { by, labelsOf, naming, type OfPart, seriesOf } from './part.ts'
import { aboveLimit, belowLimit, events } from './share-stories.ts'

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
  const looked = (outcome: string) => seriesOf(lookups, job, own, `, outcome="${outcome}"`)
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
      ...belowLimit(hits, hit => events({ hit, miss: 1 - hit }, looked), { labels: own }),
    },
    {
      ...{ name: 'CacheFailing', severity: 'critical', forSeconds: 300, labels },
      expr: `${recorded(cacheErrorRatio, metric, job)} > ${failures}`,
      summary: `The cache ${metric.name} of {{ $labels.job }} does not answer${naming(own)}`,
      description: `{{ $value | humanizePercentage }} of lookups fail. ${metric.description}`,
      ...aboveLimit(failures, error => events({ hit: 1 - error, error }, looked), { labels: own }),
    },
  ]
}

/** By its counters, which add up over processes; only where there are none by the share that somebody said. */
export const ratioAlert: OfPart = (metric, part, { job, thresholds }) => {
  const hasEvents = metric.instruments.some(each => each.part === 'events')
  if (part.part === 'rate' && hasEvents) return []
  const own = labelsOf(part, 'outcome')
  const ended = (outcome: string) => seriesOf(part, job, own, `, outcome="${outcome}"`)
  const series = (success: number) =>
    hasEvents
      ? events({ success, failure: 1 - success }, ended)
      : { [seriesOf(part, job, own)]: steady(success) }
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
      ...belowLimit(thresholds.successRatio, series, { labels: own }),
    },
  ]
}

function recorded(record: string, metric: MetricDescription, job: string): string {
  return `${record}{job="${job}", metric="${metric.name}"}`
}
