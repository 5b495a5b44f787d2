import { foreign } from '../names/foreign.ts'
import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { type Alert, growing, steady } from './alert.ts'
import { humanizedDuration } from './humanize.ts'
import { records } from './recordings.ts'
import { aboveLimit, events } from './share-stories.ts'

export function httpAlerts({ job, thresholds }: Monitored): Alert[] {
  const { httpErrorRatio, httpP99Seconds } = thresholds
  const { family } = recorded.httpServerDuration
  const up = foreign.up.family
  const count = (status: string) => `${family}_count{job="${job}", http_response_status_code="${status}"}`
  const bucket = (le: string) => `${family}_bucket{job="${job}", le="${le}"}`
  const slow = (fastPerMinute: number) => ({
    [bucket(`${httpP99Seconds}`)]: growing(fastPerMinute),
    [bucket(`${httpP99Seconds * 2}`)]: growing(100),
    [bucket('+Inf')]: growing(100),
  })
  return [
    {
      name: 'HttpErrorRateHigh',
      severity: 'critical',
      // A single failure at night is no rate.
      expr: `${records.errorRatio}{job="${job}"} > ${httpErrorRatio}\nand\n${records.requests}{job="${job}"} > 0.1`,
      forSeconds: 300,
      summary: 'Requests to {{ $labels.job }} fail',
      description: '{{ $value | humanizePercentage }} of requests are answered with 5xx.',
      ...aboveLimit(httpErrorRatio, failing => events({ 200: 1 - failing, 500: failing }, count)),
    },
    {
      name: 'HttpLatencyHigh',
      severity: 'warning',
      expr: `${records.p99}{job="${job}"} > ${httpP99Seconds}`,
      forSeconds: 600,
      summary: 'Requests to {{ $labels.job }} are slow',
      description: 'One request in a hundred takes longer than {{ $value | humanizeDuration }}.',
      firing: { series: slow(0), atMinutes: 20, labels: {}, value: humanizedDuration(httpP99Seconds * 1.99) },
      quiet: { series: slow(100), atMinutes: 20 },
    },
    {
      name: 'TargetDown',
      severity: 'critical',
      expr: `${up}{job="${job}"} == 0`,
      forSeconds: 120,
      summary: 'Prometheus can not read {{ $labels.instance }} of {{ $labels.job }}',
      description:
        'The metrics page of {{ $labels.instance }} does not answer: nothing else about it is known.',
      firing: {
        series: { [`${up}{job="${job}", instance="a:9464"}`]: steady(0) },
        ...{ atMinutes: 5, labels: { instance: 'a:9464' } },
      },
      quiet: { series: { [`${up}{job="${job}", instance="a:9464"}`]: '1 0 1+0x60' }, atMinutes: 5 },
    },
    {
      name: 'TargetMissing',
      severity: 'critical',
      expr: `absent(${up}{job="${job}"})`,
      forSeconds: 300,
      summary: 'Prometheus knows no target of {{ $labels.job }}',
      description: 'No instance of {{ $labels.job }} is discovered: neither its metrics nor its alerts work.',
      firing: { series: { [`${up}{job="another"}`]: steady(1) }, atMinutes: 10, labels: {} },
      quiet: { series: { [`${up}{job="${job}"}`]: steady(1) }, atMinutes: 10 },
    },
  ]
}
