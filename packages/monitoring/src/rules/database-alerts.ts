import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { duration } from '../promql.ts'
import { type Alert, growing, steady } from './alert.ts'
import { humanizedDuration } from './humanize.ts'
import { records } from './recordings.ts'
import { aboveLimit, events } from './share-stories.ts'

export function databaseAlerts({ job, thresholds }: Monitored): Alert[] {
  const matchers = `{job="${job}"}`
  const { databaseDuration, connectionsPending, connectionsFailed, migrationsPending } = recorded
  const limit = thresholds.databaseP99Seconds
  const postgres = 'db_system_name="postgresql"'
  const system = { db_system_name: 'postgresql' }
  const pool = 'db_client_connection_pool_name="db:5432/app"'
  const poolLabels = { instance: 'a:9464', db_client_connection_pool_name: 'db:5432/app' }
  const perPool = 'sum by (job, instance, db_client_connection_pool_name)'
  const ofPool = (family: string) => `${family}{job="${job}", instance="a:9464", ${pool}}`
  const ofMigrations = `${migrationsPending.family}{job="${job}", db_collection_name="migration"}`
  const ended = (error: string) => `${databaseDuration.family}_count{job="${job}", ${postgres}${error}}`
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
      ...aboveLimit(
        thresholds.databaseErrorRatio,
        failing => events({ '': 1 - failing, ', error_type="ECONNREFUSED"': failing }, ended),
        { labels: system },
      ),
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
