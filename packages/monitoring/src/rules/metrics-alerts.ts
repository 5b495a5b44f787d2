import { own } from '../names/own.ts'
import type { Monitored } from '../options.ts'
import { duration } from '../promql.ts'
import { type Alert, growing, steady } from './alert.ts'

/** Alerts about the metrics themselves: what is not recorded can not wake anybody. */
export function metricsAlerts({ job }: Monitored): Alert[] {
  const matchers = `{job="${job}"}`
  const per = 'sum by (job, instance)'
  const labels = { instance: 'a:9464' }
  const of = (family: string) => `${family}{job="${job}", instance="a:9464"}`
  const story = (family: string, samples: string) => ({ series: { [of(family)]: samples }, atMinutes: 30 })
  const where = '{{ $labels.job }} on {{ $labels.instance }}'
  return [
    {
      name: 'MetricsDirectoryFull',
      severity: 'warning',
      expr: `${per} (${own.privateSeries.family}${matchers}) > 0`,
      forSeconds: 300,
      summary: `There is no room for the metrics of ${where}`,
      description: '{{ $value | humanize }} series are in private memory and on no page.',
      firing: { ...story(own.privateSeries.family, steady(7)), labels, value: '7' },
      quiet: story(own.privateSeries.family, '3 0+0x60'),
    },
    {
      name: 'MetricsDamaged',
      severity: 'warning',
      expr: `${per} (${own.damaged.family}${matchers}) > 0`,
      forSeconds: 300,
      summary: `Some metrics of ${where} can not be read`,
      description: '{{ $value | humanize }} segments are damaged and missing on the page.',
      firing: { ...story(own.damaged.family, steady(1)), labels, value: '1' },
      quiet: story(own.damaged.family, steady(0)),
    },
    {
      name: 'MetricsSegmentsNearLimit',
      severity: 'warning',
      expr: `${per} (${own.segments.family}${matchers}) / ${per} (${own.segmentsLimit.family}${matchers}) > 0.8`,
      forSeconds: 300,
      summary: `The directory of ${where} holds nearly as many segments as it can`,
      description: '{{ $value | humanizePercentage }} of the segments that there can be are there.',
      firing: {
        series: { [of(own.segments.family)]: steady(3_686), [of(own.segmentsLimit.family)]: steady(4_096) },
        ...{ atMinutes: 30, labels, value: '89.99%' },
      },
      quiet: {
        series: { [of(own.segments.family)]: steady(6), [of(own.segmentsLimit.family)]: steady(4_096) },
        atMinutes: 30,
      },
    },
    {
      name: 'MetricsCardinalityHigh',
      severity: 'info',
      expr: `${per} (rate(${own.overflow.family}${matchers}[${duration(300)}])) > 0`,
      forSeconds: 900,
      summary: `A metric of ${where} has too many series`,
      description: '{{ $value | humanize }} measurements a second are counted together as overflow.',
      firing: { ...story(own.overflow.family, growing(60)), labels, value: '1' },
      quiet: story(own.overflow.family, steady(5)),
    },
  ]
}
