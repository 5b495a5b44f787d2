import type { Page } from '../../page/page.ts'
import { type Bucket, quantile, seriesOf } from '../../page/series.ts'
import type { Sample } from './sample.ts'

export interface RouteRow {
  readonly method: string
  readonly route: string
  /** Since the sample before. */
  readonly rate: number
  /** Part of those, between 0 and 1. */
  readonly errors: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Since the service began. */
  readonly total: number
}

const FAMILY = 'http_server_request_duration_seconds'

/** One row a method and route. Quantiles are of what came since the sample before. */
export function routeRows(before: Sample, now: Sample): RouteRow[] {
  const earlier = routesOf(before.page)
  const seconds = (now.timeMs - before.timeMs) / 1_000
  return [...routesOf(now.page)].map(([key, route]) => rowOf(route, earlier.get(key), seconds))
}

/** All routes together. */
export function allRoutes(before: Sample, now: Sample): RouteRow {
  const seconds = (now.timeMs - before.timeMs) / 1_000
  return rowOf(sumOf(routesOf(now.page).values()), sumOf(routesOf(before.page).values()), seconds)
}

interface Route {
  readonly method: string
  readonly route: string
  count: number
  errors: number
  /** Cumulative counts by boundary. */
  readonly buckets: Map<number, number>
}

function routesOf({ families }: Page): Map<string, Route> {
  const routes = new Map<string, Route>()
  const family = families.find(({ name }) => name === FAMILY)
  for (const { labels, histogram } of family === undefined ? [] : seriesOf(family)) {
    const method = labels.get('http_request_method') ?? ''
    const route = labels.get('http_route') ?? '(none)'
    const key = `${method} ${route}`
    const found = routes.get(key) ?? empty(method, route)
    routes.set(key, found)
    const status = Number(labels.get('http_response_status_code'))
    const isError = status >= 500 || (Number.isNaN(status) && labels.has('error_type'))
    add(found, histogram?.count ?? 0, isError, histogram?.buckets ?? [])
  }
  return routes
}

function empty(method: string, route: string): Route {
  return { method, route, count: 0, errors: 0, buckets: new Map() }
}

function add(route: Route, count: number, isError: boolean, buckets: readonly Bucket[]): void {
  route.count += count
  if (isError) route.errors += count
  for (const { upTo, count } of buckets) route.buckets.set(upTo, (route.buckets.get(upTo) ?? 0) + count)
}

function sumOf(routes: Iterable<Route>): Route {
  const sum = empty('', '')
  for (const { count, errors, buckets } of routes) {
    add(
      sum,
      count,
      false,
      [...buckets].map(([upTo, count]) => ({ upTo, count })),
    )
    sum.errors += errors
  }
  return sum
}

/** Counters begin anew with a new run: then all that is there came since. */
function rowOf(now: Route, earlier: Route | undefined, seconds: number): RouteRow {
  const before = earlier !== undefined && earlier.count <= now.count ? earlier : empty('', '')
  const count = now.count - before.count
  const buckets = [...now.buckets]
    .map(([upTo, each]) => ({ upTo, count: each - (before.buckets.get(upTo) ?? 0) }))
    .sort((a, b) => a.upTo - b.upTo)
  return {
    method: now.method,
    route: now.route,
    rate: seconds > 0 ? count / seconds : 0,
    errors: count > 0 ? (now.errors - before.errors) / count : 0,
    p50: quantile(buckets, 0.5),
    p95: quantile(buckets, 0.95),
    p99: quantile(buckets, 0.99),
    total: now.count,
  }
}
