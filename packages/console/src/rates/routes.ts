import { findFamily } from '../page/find-family.ts'
import type { Page } from '../page/page.ts'
import { quantile } from '../page/series.ts'
import { addUp, bucketsOf, type Counted, countedBy, type Labels, since } from './counted.ts'
import type { PageAt } from './page-at.ts'

export interface RouteRow {
  readonly method: string
  readonly route: string
  /** A second, since the page before. */
  readonly rate: number
  /** Part of those, between 0 and 1. */
  readonly errors: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Since the service began. */
  readonly total: number
}

/** One row a method and route. Quantiles are of what came since the page before. */
export function routeRows(before: PageAt, now: PageAt): RouteRow[] {
  const earlier = countRoutes(before.page)
  const seconds = (now.timeMs - before.timeMs) / 1_000
  return [...countRoutes(now.page)].map(([key, route]) => routeRow(key, route, earlier.get(key), seconds))
}

/** All routes together. */
export function allRoutes(before: PageAt, now: PageAt): RouteRow {
  const [earlier, all] = [before, now].map(({ page }) => addUp(countRoutes(page).values()))
  return routeRow(' ', all, earlier, (now.timeMs - before.timeMs) / 1_000)
}

/** The requests of each method and route, `GET /orders/:id`. */
export function countRoutes(page: Page): Map<string, Counted> {
  return countedBy(findFamily(page, 'http_server_request_duration_seconds'), keyOf, isError)
}

function keyOf(labels: Labels): string {
  return `${labels.get('http_request_method') ?? ''} ${labels.get('http_route') ?? '(none)'}`
}

/** Answers from 500 on, and requests that ended in an error before they had an answer. */
export function isError(labels: Labels): boolean {
  const status = Number(labels.get('http_response_status_code'))
  return status >= 500 || (Number.isNaN(status) && labels.has('error_type'))
}

export function routeRow(key: string, now: Counted, before: Counted | undefined, seconds: number): RouteRow {
  const came = since(now, before)
  const buckets = bucketsOf(came)
  const space = key.indexOf(' ')
  return {
    method: key.slice(0, space),
    route: key.slice(space + 1),
    rate: seconds > 0 ? came.count / seconds : 0,
    errors: came.count > 0 ? came.part / came.count : 0,
    p50: quantile(buckets, 0.5),
    p95: quantile(buckets, 0.95),
    p99: quantile(buckets, 0.99),
    total: now.count,
  }
}
