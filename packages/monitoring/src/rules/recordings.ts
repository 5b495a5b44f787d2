import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { duration, quantile, rate, type Scope, select, share } from '../promql.ts'

export interface Recording {
  readonly record: string
  readonly expr: string
  readonly labels?: Readonly<Record<string, string>>
}

/** Names as Prometheus' practices have them: level, metric, operations. */
export const records = {
  requests: 'job:http_server_requests:rate5m',
  errorRatio: 'job:http_server_errors:ratio_rate5m',
  p50: 'job:http_server_request_duration_seconds:p50_rate5m',
  p95: 'job:http_server_request_duration_seconds:p95_rate5m',
  p99: 'job:http_server_request_duration_seconds:p99_rate5m',
  routeRequests: 'job_route:http_server_requests:rate5m',
  routeErrorRatio: 'job_route:http_server_errors:ratio_rate5m',
  routeP95: 'job_route:http_server_request_duration_seconds:p95_rate5m',
  cpu: 'job:process_cpu_seconds:rate5m',
  databaseOperations: 'job:db_client_operations:rate5m',
  databaseErrorRatio: 'job:db_client_errors:ratio_rate5m',
  databaseP99: 'job:db_client_operation_duration_seconds:p99_rate5m',
  cacheRequests: 'job:cache_requests:rate5m',
  cacheHitRatio: 'job:cache_requests:hit_ratio_rate5m',
  cacheFailureRatio: 'job:cache_requests:failure_ratio_rate5m',
  heapRatio: 'job_instance_worker:heap_used:ratio',
} as const

export const failed5xx = 'http_response_status_code=~"5.."'

/** What dashboards and alerts ask for again and again, computed once. */
export function buildRecordings(options: Monitored): Recording[] {
  const scope: Scope = { matchers: `job="${options.job}"`, range: duration(300) }
  const { httpServerDuration: http, databaseDuration: database, cacheRequests: cache } = recorded
  const route = 'job, http_request_method, http_route'
  const perWorker = 'sum by (job, instance, worker)'
  return [
    { record: records.requests, expr: rate(http, scope, 'job') },
    { record: records.errorRatio, expr: share(http, scope, 'job', failed5xx) },
    { record: records.p50, expr: quantile(0.5, http, scope, 'job') },
    { record: records.p95, expr: quantile(0.95, http, scope, 'job') },
    { record: records.p99, expr: quantile(0.99, http, scope, 'job') },
    { record: records.routeRequests, expr: rate(http, scope, route) },
    { record: records.routeErrorRatio, expr: share(http, scope, route, failed5xx) },
    { record: records.routeP95, expr: quantile(0.95, http, scope, route) },
    { record: records.cpu, expr: rate(recorded.cpuTime, scope, 'job') },
    { record: records.databaseOperations, expr: rate(database, scope, 'job, db_system_name') },
    {
      record: records.databaseErrorRatio,
      expr: share(database, scope, 'job, db_system_name', 'error_type!=""'),
    },
    { record: records.databaseP99, expr: quantile(0.99, database, scope, 'job, db_system_name') },
    { record: records.cacheRequests, expr: rate(cache, scope, 'job') },
    {
      record: records.cacheHitRatio,
      // Of those that were answered: a cache that is away has its own alert.
      expr: share(cache, scope, 'job', 'cache_result="hit"', 'cache_result!="failure"'),
    },
    { record: records.cacheFailureRatio, expr: share(cache, scope, 'job', 'cache_result="failure"') },
    {
      record: records.heapRatio,
      expr: `${perWorker} (${select(recorded.heapUsed, scope)}) / ${perWorker} (${select(recorded.heapLimit, scope)})`,
    },
  ]
}
