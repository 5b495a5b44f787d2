import { own } from '../names/own.ts'
import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { duration } from '../promql.ts'
import { type Alert, growing, steady } from './alert.ts'
import { humanized, humanizedDuration } from './humanize.ts'
import { records } from './recordings.ts'
import { aboveLimit } from './share-stories.ts'

const worker = 'worker {{ $labels.worker }} of {{ $labels.job }} on {{ $labels.instance }}'

export function workerAlerts({ job, thresholds }: Monitored): Alert[] {
  const matchers = `{job="${job}"}`
  const perWorker = 'max by (job, instance, worker)'
  const instance = { instance: 'a:9464' }
  const labels = { ...instance, worker: '1' }
  const of = (family: string, more = '') => `${family}{job="${job}", instance="a:9464"${more}}`
  const ofWorker = (family: string) => of(family, ', worker="1"')
  const fires = (family: string, value: number, text: string, minutes = 20): Pick<Alert, 'firing'> => ({
    firing: { series: { [ofWorker(family)]: steady(value) }, atMinutes: minutes, labels, value: text },
  })
  const quiet = (family: string, value: number): Pick<Alert, 'quiet'> => ({
    quiet: { series: { [ofWorker(family)]: steady(value) }, atMinutes: 20 },
  })
  const heartbeat = own.heartbeatAge.family
  const delay = recorded.eventLoopDelayP99.family
  const utilization = recorded.eventLoopUtilization.family
  const heap = (used: number) => ({
    [ofWorker(recorded.heapUsed.family)]: steady(used * 1e4),
    [ofWorker(recorded.heapLimit.family)]: steady(1e4),
  })
  const files = (open: number) => ({
    [ofWorker(recorded.descriptors.family)]: steady(open * 1e4),
    [ofWorker(recorded.descriptorsLimit.family)]: steady(1e4),
  })
  const { deathsCount, heartbeatAgeSeconds, eventLoopDelayP99Seconds: lag } = thresholds
  return [
    {
      name: 'WorkersCrashLooping',
      severity: 'critical',
      expr: `sum by (job, instance) (increase(${own.deaths.family}${matchers}[${duration(600)}])) > ${thresholds.deathsCount}`,
      forSeconds: 60,
      summary: 'Workers of {{ $labels.job }} on {{ $labels.instance }} die again and again',
      description: '{{ $value | humanize }} workers were killed or crashed within ten minutes.',
      firing: {
        series: { [of(own.deaths.family)]: growing(deathsCount) },
        ...{ atMinutes: 20, labels: instance, value: humanized(deathsCount * 10) },
      },
      quiet: { series: { [of(own.deaths.family)]: `0+0x10 ${deathsCount * 0.8}+0x50` }, atMinutes: 12 },
    },
    {
      name: 'WorkerBlocked',
      severity: 'critical',
      expr: `${perWorker} (${heartbeat}${matchers}) > ${thresholds.heartbeatAgeSeconds}`,
      forSeconds: 60,
      summary: `The event loop of ${worker} is blocked`,
      description: 'It has found no time for anything for {{ $value | humanizeDuration }}.',
      ...fires(heartbeat, heartbeatAgeSeconds * 7.5, humanizedDuration(heartbeatAgeSeconds * 7.5)),
      ...quiet(heartbeat, heartbeatAgeSeconds / 5),
    },
    {
      name: 'EventLoopDelayHigh',
      severity: 'warning',
      expr: `${perWorker} (${delay}${matchers}) > ${thresholds.eventLoopDelayP99Seconds}`,
      forSeconds: 300,
      summary: `The event loop of ${worker} lags`,
      description: 'One turn in a hundred is late by {{ $value | humanizeDuration }}.',
      ...fires(delay, lag * 2, humanizedDuration(lag * 2)),
      ...quiet(delay, lag / 10),
    },
    {
      name: 'EventLoopSaturated',
      severity: 'warning',
      expr: `${perWorker} (${utilization}${matchers}) > ${thresholds.eventLoopUtilizationRatio}`,
      forSeconds: 600,
      summary: `${capital(worker)} has no time left`,
      description: 'Its event loop is busy for {{ $value | humanizePercentage }} of the time.',
      ...aboveLimit(
        thresholds.eventLoopUtilizationRatio,
        busy => ({ [ofWorker(utilization)]: steady(busy) }),
        {
          labels,
        },
      ),
    },
    {
      name: 'HeapNearLimit',
      severity: 'warning',
      expr: `${records.heapRatio}${matchers} > ${thresholds.heapRatio}`,
      forSeconds: 300,
      summary: `The heap of ${worker} is nearly full`,
      description: '{{ $value | humanizePercentage }} of what V8 allows is used; at 100% the process ends.',
      ...aboveLimit(thresholds.heapRatio, heap, { labels }),
    },
    {
      name: 'FileDescriptorsNearLimit',
      severity: 'warning',
      expr: `${perWorker} (${recorded.descriptors.family}${matchers}) / ${perWorker} (${recorded.descriptorsLimit.family}${matchers}) > ${thresholds.descriptorsRatio}`,
      forSeconds: 300,
      summary: `${capital(worker)} runs out of file descriptors`,
      description: '{{ $value | humanizePercentage }} of the descriptors that it may have are open.',
      ...aboveLimit(thresholds.descriptorsRatio, files, { labels }),
    },
  ]
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`
}
