import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Gauge } from '../metrics/gauge.ts'
import type { Aggregator } from '../types.ts'
import { type DefaultMetricOptions, defaultGauge } from './default-metric.ts'

/** What is shown covers at least so long, and at most twice as long. */
const WINDOW_MS = 15_000

const FIGURES: readonly [
  name: string,
  help: string,
  aggregator: Aggregator,
  read: (of: IntervalHistogram) => number,
][] = [
  ['min', 'The minimum recorded event loop delay.', 'min', of => of.min],
  ['max', 'The maximum recorded event loop delay.', 'max', of => of.max],
  ['mean', 'The mean of the recorded event loop delays.', 'average', of => of.mean],
  ['stddev', 'The standard deviation of the recorded event loop delays.', 'average', of => of.stddev],
  ['p50', 'The 50th percentile of the recorded event loop delays.', 'average', of => of.percentile(50)],
  ['p90', 'The 90th percentile of the recorded event loop delays.', 'average', of => of.percentile(90)],
  ['p99', 'The 99th percentile of the recorded event loop delays.', 'average', of => of.percentile(99)],
]

/** From `perf_hooks.monitorEventLoopDelay()`, and of how long a `setImmediate` takes. */
export function eventLoopMetrics(options: DefaultMetricOptions): void {
  const { labels } = options
  const recent = new RecentDelays(options.eventLoopMonitoringPrecision)
  const gauges: Gauge[] = []
  const lag: Gauge = defaultGauge(options, {
    name: 'nodejs_eventloop_lag_seconds',
    help: 'Lag of event loop in seconds.',
    aggregator: 'average',
    collect() {
      const began = process.hrtime()
      setImmediate(() => {
        const [seconds, nanoseconds] = process.hrtime(began)
        lag.set(labels, seconds + nanoseconds / 1e9)
      })
      const delays = recent.read()
      FIGURES.forEach(([, , , read], index) => {
        gauges[index].set(labels, read(delays) / 1e9)
      })
    },
  })
  for (const [name, help, aggregator] of FIGURES)
    gauges.push(defaultGauge(options, { name: `nodejs_eventloop_lag_${name}_seconds`, help, aggregator }))
}

/**
 * prom-client begins anew with each look, so that the longest delay is only that since somebody else looked. Two
 * histograms, begun at different times, make it the last seconds', whoever looks how often.
 */
class RecentDelays {
  readonly #histograms: [older: IntervalHistogram, newer: IntervalHistogram]
  #beganMs: number = performance.now()

  constructor(resolution: number) {
    const create = (): IntervalHistogram => {
      const histogram = monitorEventLoopDelay({ resolution })
      histogram.enable()
      return histogram
    }
    this.#histograms = [create(), create()]
  }

  read(): IntervalHistogram {
    const nowMs = performance.now()
    if (nowMs - this.#beganMs >= WINDOW_MS) {
      this.#beganMs = nowMs
      this.#histograms.reverse()
      this.#histograms[1].reset()
    }
    return this.#histograms[0]
  }
}
