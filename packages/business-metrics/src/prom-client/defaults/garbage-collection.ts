import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'
import { Histogram } from '../metrics/histogram.ts'
import type { DefaultMetricOptions } from './default-metric.ts'

const DEFAULT_BUCKETS = [0.001, 0.01, 0.1, 1, 2, 5]

const KINDS: Record<number, string> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
}

/** From a `PerformanceObserver`: each collection, of each kind. */
export function garbageCollectionMetrics(options: DefaultMetricOptions): void {
  const { registers, prefix, labels, gcDurationBuckets } = options
  const seconds = new Histogram({
    name: `${prefix}nodejs_gc_duration_seconds`,
    help: 'Garbage collection duration by kind, one of major, minor, incremental or weakcb.',
    labelNames: ['kind', ...Object.keys(labels)],
    buckets: [...(gcDurationBuckets ?? DEFAULT_BUCKETS)],
    ...(registers && { registers }),
  })
  const observer = new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      const { kind } = (entry as PerformanceEntry & { detail: { kind: number } }).detail
      seconds.observe({ kind: KINDS[kind] ?? 'unknown', ...labels }, entry.duration / 1000)
    }
  })
  observer.observe({ entryTypes: ['gc'] })
}
