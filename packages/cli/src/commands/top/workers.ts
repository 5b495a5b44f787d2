import type { Page } from '../../page/page.ts'
import type { Sample } from './sample.ts'

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

/** One row a living worker, by number. What came between two samples is a rate. */
export function workerRows(before: Sample, now: Sample): WorkerRow[] {
  const heartbeats = byWorker(now.page, 'tutti_writer_heartbeat_age_seconds')
  const uptimes = byWorker(now.page, 'process_uptime_seconds')
  const delays = byWorker(now.page, 'nodejs_eventloop_delay_p99_seconds')
  const heaps = byWorker(now.page, 'v8js_memory_heap_used_bytes')
  const seconds = (now.timeMs - before.timeMs) / 1_000
  return [...heartbeats]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([worker, heartbeatSeconds]) => {
      const figures = now.writers.get(Number(worker))
      const earlier = before.writers.get(Number(worker))
      // A worker's number is used again, by one that counts from zero.
      const isSame = earlier !== undefined && earlier.pid === figures?.pid
      const rate = (key: 'requests' | 'errors') =>
        figures === undefined || seconds <= 0
          ? Number.NaN
          : Math.max(0, figures[key] - (isSame ? earlier[key] : 0)) / seconds
      return {
        worker,
        pid: figures?.pid ?? Number.NaN,
        uptimeSeconds: uptimes.get(worker) ?? Number.NaN,
        requestRate: rate('requests'),
        errorRate: rate('errors'),
        loopDelaySeconds: delays.get(worker) ?? Number.NaN,
        heapBytes: heaps.get(worker) ?? Number.NaN,
        heartbeatSeconds,
      }
    })
}

/** The samples of a gauge by worker, added up. */
function byWorker({ families }: Page, name: string): Map<string, number> {
  const values = new Map<string, number>()
  for (const { labels, value } of families.find(family => family.name === name)?.samples ?? []) {
    const worker = labels.get('worker')
    if (worker !== undefined) values.set(worker, (values.get(worker) ?? 0) + value)
  }
  return values
}

/** The only sample of a family. */
export function single({ families }: Page, name: string): number {
  return families.find(family => family.name === name)?.samples[0]?.value ?? Number.NaN
}
