import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { duration, rate } from '../promql.ts'
import { type Alert, steady } from './alert.ts'
import { humanized } from './humanize.ts'
import { aboveLimit, events } from './share-stories.ts'

export function queueAlerts({ job, thresholds }: Monitored): Alert[] {
  const { queueJobs, messageProcessing } = recorded
  const labels = { messaging_destination_name: 'mail' }
  const queued = (waiting: number, prioritized: number) =>
    Object.fromEntries(
      Object.entries({ waiting, prioritized }).map(([state, share]) => [
        `${queueJobs.family}{job="${job}", messaging_destination_name="mail", bullmq_queue_jobs_state="${state}"}`,
        steady(Math.round(share * thresholds.queueBacklogCount)),
      ]),
    )
  const processed = (error: string) =>
    `${messageProcessing.family}_count{job="${job}", messaging_destination_name="mail"${error}}`
  const processedRate = (more?: string) =>
    rate(
      messageProcessing,
      { matchers: `job="${job}"`, range: duration(300) },
      'job, messaging_destination_name',
      more,
    )
  return [
    {
      name: 'QueueBacklogHigh',
      severity: 'warning',
      // BullMQ keeps jobs that have a priority apart from those that merely wait; each process sees the whole queue.
      expr:
        `sum by (job, messaging_destination_name) (max by (job, messaging_destination_name, bullmq_queue_jobs_state) ` +
        `(${queueJobs.family}{job="${job}", bullmq_queue_jobs_state=~"waiting|prioritized"})) > ${thresholds.queueBacklogCount}`,
      forSeconds: 900,
      summary: 'Jobs pile up in the queue {{ $labels.messaging_destination_name }} of {{ $labels.job }}',
      description: '{{ $value | humanize }} jobs wait.',
      firing: {
        series: queued(0.8, 0.7),
        ...{ atMinutes: 30, labels, value: humanized(thresholds.queueBacklogCount * 1.5) },
      },
      quiet: { series: queued(0.5, 0.25), atMinutes: 30 },
    },
    {
      name: 'QueueJobsFailing',
      severity: 'warning',
      expr: `${processedRate('error_type!=""')} / ${processedRate()} > ${thresholds.queueFailureRatio}`,
      forSeconds: 600,
      summary: 'Jobs of the queue {{ $labels.messaging_destination_name }} of {{ $labels.job }} fail',
      description: '{{ $value | humanizePercentage }} of them end with an error.',
      ...aboveLimit(
        thresholds.queueFailureRatio,
        failing => events({ '': 1 - failing, ', error_type="Error"': failing }, processed),
        { labels },
      ),
    },
  ]
}
