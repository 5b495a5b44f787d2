import {
  allRoutes,
  byteCount,
  duration,
  quantity,
  type RouteRow,
  routeRows,
  single,
  type WorkerRow,
  workerRows,
} from '@tutti/console'
import { printable } from '../../terminal/printable.ts'
import { bad, dim, heading, notable } from '../../terminal/style.ts'
import { type Column, table } from '../../terminal/table.ts'
import type { Sample } from './sample.ts'
import type { Size } from './screen.ts'

export interface Picture {
  readonly title: string
  readonly sort: string
  readonly before: Sample
  readonly now: Sample
  readonly size: Size
  readonly isPaused?: boolean
  /** Why there is nothing new. */
  readonly trouble?: string
  readonly isLive?: boolean
}

/** The lines of one picture: workers, then as many routes as there is room for. */
export function picture(given: Picture): string[] {
  const { before, now, sort, size, trouble = '', isLive = false } = given
  const workers = workerRows(before, now)
  const routes = routeRows(before, now).sort(BY[sort])
  const head = [
    `${heading('tutti top')}  ${printable(given.title)}${given.isPaused ? notable('  paused') : ''}`,
    totals(before, now),
    trouble === '' ? '' : bad(printable(trouble)),
  ]
  const foot = isLive ? [dim(`q quit   s sort: ${sort}   p pause`)] : []
  // Each table has a line of titles; between them and before the foot is an empty line.
  const room = size.rows - head.length - foot.length - 4
  const shownWorkers = workers.slice(0, Math.max(1, Math.ceil(room / 2)))
  const shownRoutes = routes.slice(0, Math.max(0, room - shownWorkers.length))
  return [
    ...head,
    ...table(WORKER_COLUMNS, shownWorkers.map(workerCells)).split('\n'),
    '',
    ...table(ROUTE_COLUMNS, shownRoutes.map(routeCells)).split('\n'),
    ...(foot.length > 0 ? ['', ...foot] : []),
  ]
}

/** By the name of the column; equal ones by all their requests, then by name, so that rows keep their place. */
const BY: Readonly<Record<string, (a: RouteRow, b: RouteRow) => number>> = Object.fromEntries(
  (['rate', 'errors', 'p95', 'total'] as const).map(key => [
    key,
    (a: RouteRow, b: RouteRow) =>
      (b[key] || 0) - (a[key] || 0) || b.total - a.total || (a.route < b.route ? -1 : 1),
  ]),
)

function totals(before: Sample, now: Sample): string {
  const { rate, errors, p95, total } = allRoutes(before, now)
  const deaths = single(now.page, 'tutti_writer_deaths_total')
  const fell = deaths > single(before.page, 'tutti_writer_deaths_total')
  const dead = `${quantity(deaths)} died`
  return [
    `${quantity(single(now.page, 'tutti_writers'))} writers`,
    fell ? bad(dead) : dead,
    `${rateText(rate)} req/s`,
    `${percent(errors)} errors`,
    `p95 ${duration(p95)}`,
    `${quantity(total)} requests`,
  ].join('   ')
}

const WORKER_COLUMNS: readonly Column[] = [
  { title: 'WORKER', right: true },
  { title: 'PID', right: true },
  { title: 'UPTIME', right: true },
  { title: 'REQ/S', right: true },
  { title: 'ERR/S', right: true },
  { title: 'LOOP P99', right: true },
  { title: 'HEAP', right: true },
  { title: 'HEARTBEAT', right: true },
  { title: '' },
]

/** An observation comes once a second: two that did not come are a blocked event loop, or a stopped process. */
const BLOCKED_AFTER_SECONDS = 2.5
const SLOW_LOOP_SECONDS = 0.1

function workerCells(row: WorkerRow): string[] {
  const isBlocked = row.heartbeatSeconds > BLOCKED_AFTER_SECONDS
  const loop = duration(row.loopDelaySeconds)
  return [
    printable(row.worker),
    Number.isNaN(row.pid) ? '-' : String(row.pid),
    duration(row.uptimeSeconds),
    rateText(row.requestRate),
    row.errorRate > 0 ? bad(rateText(row.errorRate)) : rateText(row.errorRate),
    row.loopDelaySeconds > SLOW_LOOP_SECONDS ? notable(loop) : loop,
    byteCount(row.heapBytes),
    isBlocked ? bad(duration(row.heartbeatSeconds)) : duration(row.heartbeatSeconds),
    isBlocked ? bad('blocked') : '',
  ]
}

const ROUTE_COLUMNS: readonly Column[] = [
  { title: 'REQ/S', right: true },
  { title: 'ERRORS', right: true },
  { title: 'P50', right: true },
  { title: 'P95', right: true },
  { title: 'P99', right: true },
  { title: 'TOTAL', right: true },
  { title: 'METHOD' },
  { title: 'ROUTE' },
]

function routeCells({ rate, errors, p50, p95, p99, total, method, route }: RouteRow): string[] {
  return [
    rateText(rate),
    errors > 0 ? bad(percent(errors)) : percent(errors),
    duration(p50),
    duration(p95),
    duration(p99),
    quantity(total),
    printable(method),
    printable(route),
  ]
}

function rateText(rate: number): string {
  return Number.isNaN(rate) ? '-' : rate >= 100 ? String(Math.round(rate)) : rate.toFixed(1)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
