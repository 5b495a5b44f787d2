import type { InstrumentDescription, MetricDescription } from '@tutti/business-metrics'
import { metricOf } from '../names/metric.ts'
import type { Monitored } from '../options.ts'
import { duration, rate } from '../promql.ts'
import { type Alert, growing, steady } from './alert.ts'
import { cacheAlerts, queueAgeAlert, queueDepthAlert, ratioAlert } from './catalog-share-alerts.ts'
import { humanizedDuration } from './humanize.ts'
import { by, labelsOf, naming, type OfPart, seriesOf } from './part.ts'
import { aboveLimit, events } from './share-stories.ts'

/** What the shapes of a catalog's metrics say about trouble, whatever they are of. */
export function catalogAlerts(options: Monitored): Alert[] {
  return options.catalogs.flatMap(({ metrics }) => metrics.flatMap(metric => alertsOf(metric, options)))
}

/** By shape: the part that an alert looks at. Where a part was left out by name there is none. */
const alertsByShape: Partial<Record<MetricDescription['shape'], Record<string, OfPart>>> = {
  stateSet: { state: breakerAlert },
  health: { health: healthAlert },
  operation: { total: failureAlert('OperationFailing', 'Runs') },
  job: { total: failureAlert('JobFailing', 'Jobs'), lastSuccess: staleAlert },
  pool: { waiting: poolAlert },
  queue: { depth: queueDepthAlert, age: queueAgeAlert },
  cache: { lookups: cacheAlerts },
  ratio: { events: ratioAlert, rate: ratioAlert },
}

function alertsOf(metric: MetricDescription, options: Monitored): Alert[] {
  return Object.entries(alertsByShape[metric.shape] ?? {}).flatMap(([name, build]) => {
    const part = metric.instruments.find(each => each.part === name)
    return part === undefined ? [] : build(metric, part, options)
  })
}

/** A set of states that has one called `open` is a circuit breaker. */
function breakerAlert(metric: MetricDescription, state: InstrumentDescription, { job }: Monitored): Alert[] {
  if (!metric.states?.includes('open')) return []
  const own = labelsOf(state, 'state')
  const series = seriesOf(state, job, own, ', state="open"')
  return [
    {
      name: 'CircuitBreakerOpen',
      severity: 'warning',
      expr: `max by (${by(own)}) (${state.prometheusName}{job="${job}", state="open"}) > 0`,
      forSeconds: 60,
      labels: { metric: metric.name },
      summary: `A circuit breaker of {{ $labels.job }} is open${naming(own)}`,
      description: `{{ $value | humanize }} processes make no calls. ${metric.description}`,
      firing: { series: { [series]: steady(2) }, atMinutes: 10, labels: own, value: '2' },
      quiet: { series: { [series]: '1 0+0x60' }, atMinutes: 10 },
    },
  ]
}

function healthAlert(metric: MetricDescription, state: InstrumentDescription, { job }: Monitored): Alert[] {
  const own = labelsOf(state)
  const series = seriesOf(state, job, own)
  return [
    {
      name: 'ConnectorDown',
      severity: 'critical',
      expr: `min by (${by(own)}) (${state.prometheusName}{job="${job}"}) == 0`,
      forSeconds: 120,
      labels: { metric: metric.name },
      summary: `Something that {{ $labels.job }} depends on is down${naming(own)}`,
      description: `Its health check fails. ${metric.description}`,
      firing: { series: { [series]: steady(0) }, atMinutes: 10, labels: own },
      quiet: { series: { [series]: '0 1+0x60' }, atMinutes: 10 },
    },
  ]
}

function failureAlert(name: string, what: string): OfPart {
  return (metric, total, { job, thresholds }) => {
    const own = labelsOf(total, 'outcome')
    const scope = { matchers: `job="${job}"`, range: duration(600) }
    const runs = (more?: string) => rate(metricOf(total), scope, by(own), more)
    const ended = (outcome: string) => seriesOf(total, job, own, `, outcome="${outcome}"`)
    return [
      {
        ...{ name, severity: 'warning', forSeconds: 300, labels: { metric: metric.name } },
        expr: `${runs('outcome="failure"')} / ${runs()} > ${thresholds.failureRatio}`,
        summary: `${what} of ${metric.name} of {{ $labels.job }} fail${naming(own)}`,
        description: `{{ $value | humanizePercentage }} of them fail. ${metric.description}`,
        ...aboveLimit(thresholds.failureRatio, failure => events({ success: 1 - failure, failure }, ended), {
          labels: own,
        }),
      },
    ]
  }
}

function staleAlert(metric: MetricDescription, last: InstrumentDescription, options: Monitored): Alert[] {
  const { job, thresholds } = options
  const own = labelsOf(last)
  const series = seriesOf(last, job, own)
  const limit = thresholds.jobStaleSeconds
  return [
    {
      ...{ name: 'JobStale', severity: 'warning', forSeconds: 300, labels: { metric: metric.name } },
      expr: `time() - max by (${by(own)}) (${last.prometheusName}{job="${job}"}) > ${limit}`,
      summary: `${metric.name} of {{ $labels.job }} has not succeeded for long${naming(own)}`,
      description: `The last success was {{ $value | humanizeDuration }} ago. ${metric.description}`,
      firing: {
        // promtool's clock begins in 1970, so this was before.
        series: { [series]: steady(-limit) },
        ...{ atMinutes: 20, labels: own, value: humanizedDuration(limit + 1_200) },
      },
      // It succeeds every minute.
      quiet: { series: { [series]: growing(60) }, atMinutes: 60 },
    },
  ]
}

function poolAlert(metric: MetricDescription, waiting: InstrumentDescription, { job }: Monitored): Alert[] {
  const own = labelsOf(waiting)
  const series = seriesOf(waiting, job, own)
  return [
    {
      name: 'PoolExhausted',
      severity: 'warning',
      expr: `sum by (${by(own)}) (${waiting.prometheusName}{job="${job}"}) > 0`,
      forSeconds: 120,
      labels: { metric: metric.name },
      summary: `The pool ${metric.name} of {{ $labels.job }} has nothing left${naming(own)}`,
      description: `{{ $value | humanize }} callers wait. ${metric.description}`,
      firing: { series: { [series]: steady(3) }, atMinutes: 10, labels: own, value: '3' },
      quiet: { series: { [series]: '3 0+0x60' }, atMinutes: 10 },
    },
  ]
}
