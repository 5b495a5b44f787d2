import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { duration } from '../promql.ts'
import { type Alert, growing, steady } from './alert.ts'
import { aboveAndBelow, humanized, humanizedDuration, humanizedPercentage } from './humanize.ts'
import { records } from './recordings.ts'

/** Databases, caches and queues. */
export function dependencyAlerts(options: Monitored): Alert[] {
  return [...databaseAlerts(options), ...cacheAlerts(options), ...queueAlerts(options)]
}

function databaseAlerts({ job, thresholds }: Monitored): Alert[] {
  const matchers = `{job="${job}"}`
  const { databaseDuration, connectionsPending, connectionsFailed, migrationsPending } = recorded
  const errors = aboveAndBelow(thresholds.databaseErrorRatio)
  const limit = thresholds.databaseP99Seconds
  const postgres = 'db_system_name="postgresql"'
  const system = { db_system_name: 'postgresql' }
  const pool = 'db_client_connection_pool_name="db:5432/app"'
  const poolLabels = { instance: 'a:9464', db_client_connection_pool_name: 'db:5432/app' }
  const perPool = 'sum by (job, instance, db_client_connection_pool_name)'
  const ofPool = (family: string) => `${family}{job="${job}", instance="a:9464", ${pool}}`
  const ofMigrations = `${migrationsPending.family}{job="${job}", db_collection_name="migration"}`
  const queries = (failing: number) => ({
    [`${databaseDuration.family}_count{job="${job}", ${postgres}}`]: growing((1 - failing) * 1e4),
    [`${databaseDuration.family}_count{job="${job}", ${postgres}, error_type="ECONNREFUSED"}`]: growing(
      failing * 1e4,
    ),
  })
  const slow = (fast: number) =>
    Object.fromEntries(
      [[limit, fast] as const, [limit * 2, 100] as const, ['+Inf', 100] as const].map(([le, perMinute]) => [
        `${databaseDuration.family}_bucket{job="${job}", ${postgres}, le="${le}"}`,
        growing(perMinute),
      ]),
    )
  return [
    {
      name: 'DatabaseErrorsHigh',
      severity: 'critical',
      expr: `${records.databaseErrorRatio}${matchers} > ${thresholds.databaseErrorRatio}`,
      forSeconds: 300,
      summary: 'Operations of {{ $labels.job }} on {{ $labels.db_system_name }} fail',
      description: '{{ $value | humanizePercentage }} of them end with an error.',
      firing: {
        series: queries(errors.above),
        ...{ atMinutes: 20, labels: system, value: humanizedPercentage(errors.above) },
      },
      quiet: { series: queries(errors.below), atMinutes: 20 },
    },
    {
      name: 'DatabaseSlow',
      severity: 'warning',
      // A command of Redis that blocks lasts as long as it blocks.
      expr: `${records.databaseP99}{job="${job}", db_system_name!="redis"} > ${thresholds.databaseP99Seconds}`,
      forSeconds: 600,
      summary: 'Operations of {{ $labels.job }} on {{ $labels.db_system_name }} are slow',
      description: 'One in a hundred takes longer than {{ $value | humanizeDuration }}.',
      firing: { series: slow(0), atMinutes: 20, labels: system, value: humanizedDuration(limit * 1.99) },
      quiet: { series: slow(100), atMinutes: 20 },
    },
    {
      name: 'DatabasePoolExhausted',
      severity: 'critical',
      expr: `${perPool} (${connectionsPending.family}${matchers}) > 0`,
      forSeconds: 120,
      summary:
        'The pool {{ $labels.db_client_connection_pool_name }} of {{ $labels.job }} has no connection left',
      description: '{{ $value | humanize }} callers wait for one on {{ $labels.instance }}.',
      firing: {
        series: { [ofPool(connectionsPending.family)]: steady(4) },
        ...{ atMinutes: 10, labels: poolLabels, value: '4' },
      },
      quiet: { series: { [ofPool(connectionsPending.family)]: '4 0 5 0 0+0x60' }, atMinutes: 10 },
    },
    {
      name: 'DatabaseConnectionsFailing',
      severity: 'warning',
      expr: `${perPool} (rate(${connectionsFailed.family}${matchers}[${duration(300)}])) > 0`,
      forSeconds: 300,
      summary: '{{ $labels.job }} can not connect to {{ $labels.db_client_connection_pool_name }}',
      description: '{{ $value | humanize }} attempts a second fail on {{ $labels.instance }}.',
      firing: {
        series: { [ofPool(connectionsFailed.family)]: growing(60) },
        ...{ atMinutes: 20, labels: poolLabels, value: '1' },
      },
      quiet: { series: { [ofPool(connectionsFailed.family)]: steady(12) }, atMinutes: 20 },
    },
    {
      name: 'MigrationsPending',
      severity: 'warning',
      expr: `max by (job, db_collection_name) (${migrationsPending.family}${matchers}) > 0`,
      forSeconds: 900,
      summary: 'The database of {{ $labels.job }} lacks migrations',
      description: '{{ $value | humanize }} migrations of {{ $labels.db_collection_name }} are not applied.',
      firing: {
        series: { [ofMigrations]: steady(2) },
        ...{ atMinutes: 30, labels: { db_collection_name: 'migration' }, value: '2' },
      },
      quiet: { series: { [ofMigrations]: '2+0x10 0+0x50' }, atMinutes: 30 },
    },
  ]
}

function cacheAlerts({ job, thresholds }: Monitored): Alert[] {
  const matchers = `{job="${job}"}`
  const [hits, failures] = [
    aboveAndBelow(thresholds.cacheHitRatio),
    aboveAndBelow(thresholds.cacheFailureRatio),
  ]
  const results = (shares: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(shares).map(([result, share]) => [
        `${recorded.cacheRequests.family}{job="${job}", cache_result="${result}"}`,
        growing(Math.round(share * 1e4)),
      ]),
    )
  return [
    {
      name: 'CacheHitRateCollapsed',
      severity: 'warning',
      expr: `${records.cacheHitRatio}${matchers} < ${thresholds.cacheHitRatio}\nand\n${records.cacheRequests}${matchers} > 1`,
      forSeconds: 600,
      summary: 'The cache of {{ $labels.job }} hardly helps',
      description: 'Only {{ $value | humanizePercentage }} of what is asked for is there.',
      firing: {
        series: results({ hit: hits.below, miss: 1 - hits.below }),
        ...{ atMinutes: 20, labels: {}, value: humanizedPercentage(hits.below) },
      },
      quiet: { series: results({ hit: hits.above, miss: 1 - hits.above }), atMinutes: 20 },
    },
    {
      name: 'CacheFailing',
      severity: 'critical',
      expr: `${records.cacheFailureRatio}${matchers} > ${thresholds.cacheFailureRatio}`,
      forSeconds: 300,
      summary: 'The cache of {{ $labels.job }} does not answer',
      description: '{{ $value | humanizePercentage }} of requests to it fail.',
      firing: {
        series: results({ hit: 1 - failures.above, failure: failures.above }),
        ...{ atMinutes: 20, labels: {}, value: humanizedPercentage(failures.above) },
      },
      quiet: { series: results({ hit: 1 - failures.below, failure: failures.below }), atMinutes: 20 },
    },
  ]
}

function queueAlerts({ job, thresholds }: Monitored): Alert[] {
  const { queueJobs, messageProcessing } = recorded
  const labels = { messaging_destination_name: 'mail' }
  const many = thresholds.queueBacklogCount * 2.5
  const waiting = `${queueJobs.family}{job="${job}", messaging_destination_name="mail", bullmq_queue_jobs_state="waiting"}`
  const processed = (more = '') =>
    `${messageProcessing.family}_count{job="${job}", messaging_destination_name="mail"${more}}`
  const failing = aboveAndBelow(thresholds.queueFailureRatio)
  const ended = (share: number) => ({
    [processed()]: growing((1 - share) * 1e4),
    [processed(', error_type="Error"')]: growing(share * 1e4),
  })
  const range = duration(300)
  const rate = (more: string) =>
    `sum by (job, messaging_destination_name) (rate(${messageProcessing.family}_count{job="${job}"${more}}[${range}]))`
  return [
    {
      name: 'QueueBacklogHigh',
      severity: 'warning',
      expr: `max by (job, messaging_destination_name) (${queueJobs.family}{job="${job}", bullmq_queue_jobs_state="waiting"}) > ${thresholds.queueBacklogCount}`,
      forSeconds: 900,
      summary: 'Jobs pile up in the queue {{ $labels.messaging_destination_name }} of {{ $labels.job }}',
      description: '{{ $value | humanize }} jobs wait.',
      firing: {
        series: { [waiting]: steady(many) },
        ...{ atMinutes: 30, labels, value: humanized(many) },
      },
      quiet: { series: { [waiting]: steady(many / 10) }, atMinutes: 30 },
    },
    {
      name: 'QueueJobsFailing',
      severity: 'warning',
      expr: `${rate(', error_type!=""')} / ${rate('')} > ${thresholds.queueFailureRatio}`,
      forSeconds: 600,
      summary: 'Jobs of the queue {{ $labels.messaging_destination_name }} of {{ $labels.job }} fail',
      description: '{{ $value | humanizePercentage }} of them end with an error.',
      firing: {
        series: ended(failing.above),
        ...{ atMinutes: 20, labels, value: humanizedPercentage(failing.above) },
      },
      quiet: { series: ended(failing.below), atMinutes: 20 },
    },
  ]
}
