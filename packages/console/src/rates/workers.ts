import { findFamily } from '../page/find-family.ts'
import type { Page } from '../page/page.ts'
import type { PageAt } from './page-at.ts'

/** What only a segment tells: the page adds all workers up. */
export interface WorkerFigures {
  readonly pid: number
  readonly requests: number
  readonly errors: number
}

/** A page, and by worker what its segment tells, where that is known. */
export interface WorkersAt extends PageAt {
  readonly writers: ReadonlyMap<number, WorkerFigures>
}

export interface WorkerRow {
  readonly worker: string
  readonly pid: number
  readonly uptimeSeconds: number
  /** A second; NaN where the source does not tell. */
  readonly requestRate: number
  readonly errorRate: number
  readonly loopDelaySeconds: number
  readonly heapBytes: number
  readonly heartbeatSeconds: number
}

/** One row a living worker, by number. What came between two pages is a rate. */
export function workerRows(before: WorkersAt, now: WorkersAt): WorkerRow[] {
  const heartbeats = byWorker(now.page, 'tutti_writer_heartbeat_age_seconds')
  const { uptimes, delays, heaps } = workerGauges(now.page)
  const seconds = (now.timeMs - before.timeMs) / 1_000
  return [...heartbeats]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([worker, heartbeatSeconds]) => {
      const figures = now.writers.get(Number(worker))
      const earlier = before.writers.get(Number(worker))
      const rates = workerRates(earlier, figures, seconds)
      return {
        worker,
        pid: figures?.pid ?? Number.NaN,
        uptimeSeconds: uptimes.get(worker) ?? Number.NaN,
        requestRate: rates.requests,
        errorRate: rates.errors,
        loopDelaySeconds: delays.get(worker) ?? Number.NaN,
        heapBytes: heaps.get(worker) ?? Number.NaN,
        heartbeatSeconds,
      }
    })
}

/** What the page tells of each worker. */
export function workerGauges(page: Page): Record<'uptimes' | 'delays' | 'heaps', Map<string, number>> {
  return {
    uptimes: byWorker(page, 'process_uptime_seconds'),
    delays: byWorker(page, 'nodejs_eventloop_delay_p99_seconds'),
    heaps: byWorker(page, 'v8js_memory_heap_used_bytes'),
  }
}

/** Per second. A worker's number is used again, by one that counts from zero. */
export function workerRates(
  before: WorkerFigures | undefined,
  now: WorkerFigures | undefined,
  seconds: number,
): { requests: number; errors: number } {
  const isSame = before !== undefined && before.pid === now?.pid
  const rate = (key: 'requests' | 'errors') =>
    now === undefined || seconds <= 0
      ? Number.NaN
      : Math.max(0, now[key] - (isSame ? before[key] : 0)) / seconds
  return { requests: rate('requests'), errors: rate('errors') }
}

/** The samples of a gauge by worker, added up. */
function byWorker(page: Page, name: string): Map<string, number> {
  const values = new Map<string, number>()
  for (const { labels, value } of findFamily(page, name)?.samples ?? []) {
    const worker = labels.get('worker')
    if (worker !== undefined) values.set(worker, (values.get(worker) ?? 0) + value)
  }
  return values
}
