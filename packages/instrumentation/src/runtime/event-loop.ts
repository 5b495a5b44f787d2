import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { BatchObservableCallback, Meter, Observable } from '@opentelemetry/api'
import { RecentMark } from './recent.ts'

const RESOLUTION_MS = 10

/** In seconds, of a histogram in nanoseconds. */
const delays: Record<string, { description: string; of: (histogram: IntervalHistogram) => number }> = {
  min: { description: 'Event loop minimum delay.', of: ({ min }) => min },
  max: { description: 'Event loop maximum delay.', of: ({ max }) => max },
  mean: { description: 'Event loop mean delay.', of: ({ mean }) => mean },
  stddev: { description: 'Event loop standard deviation delay.', of: ({ stddev }) => stddev },
  p50: { description: 'Event loop 50 percentile delay.', of: histogram => histogram.percentile(50) },
  p90: { description: 'Event loop 90 percentile delay.', of: histogram => histogram.percentile(90) },
  p99: { description: 'Event loop 99 percentile delay.', of: histogram => histogram.percentile(99) },
}

const delayName = (statistic: string): string => `nodejs.eventloop.delay.${statistic}`
const utilizationName = 'nodejs.eventloop.utilization'

/** The instruments of upstream that begin anew with every look; see recent.ts. */
export const observedByUs: ReadonlySet<string> = new Set([
  ...Object.keys(delays).map(delayName),
  utilizationName,
])

/** Delay and utilization of this thread's event loop over the last 15 to 30 seconds. */
export function observeEventLoop(meter: Meter): () => void {
  const gauges = Object.entries(delays).map(([statistic, { description, of }]) => ({
    gauge: meter.createObservableGauge(delayName(statistic), { description, unit: 's' }),
    of,
  }))
  const utilization = meter.createObservableGauge(utilizationName, {
    description: 'Event loop utilization.',
    unit: '1',
  })
  const delay = new RecentDelay()
  const utilizationMark = new RecentMark(() => performance.eventLoopUtilization())

  const observe: BatchObservableCallback = result => {
    const histogram = delay.get()
    // Nothing was measured yet: the least would be the largest number there is.
    if (histogram.count > 0) {
      for (const { gauge, of } of gauges) result.observe(gauge, of(histogram) / 1e9)
    }
    const used = performance.eventLoopUtilization(utilizationMark.get()).utilization
    if (Number.isFinite(used)) result.observe(utilization, used)
  }
  const observed: Observable[] = [...gauges.map(({ gauge }) => gauge), utilization]
  meter.addBatchObservableCallback(observe, observed)
  return () => {
    meter.removeBatchObservableCallback(observe, observed)
    delay.stop()
  }
}

/** A histogram of delays can't be subtracted from another, so two of them run and are emptied by turns. */
class RecentDelay {
  readonly #histograms = [startHistogram(), startHistogram()]
  #turn = 0
  readonly #mark = new RecentMark(() => this.#empty())

  get(): IntervalHistogram {
    return this.#mark.get()
  }

  stop(): void {
    for (const histogram of this.#histograms) histogram.disable()
  }

  #empty(): IntervalHistogram {
    const histogram = this.#histograms[this.#turn++ % 2]!
    // Emptying writes to all of its 260 KB, which an empty one has not taken from the system yet.
    if (histogram.count > 0) histogram.reset()
    return histogram
  }
}

function startHistogram(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  return histogram
}
