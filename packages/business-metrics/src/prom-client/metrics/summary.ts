import { type PageMeter, shareOf } from '../page/page-meter.ts'
import type { Define, Published } from '../page/publication.ts'
import { isObject, type Labels, mergeLabels, refuseUnknownLabels } from '../series/label-rules.ts'
import type { LabelValues, MetricValueWithName, SummaryConfiguration } from '../types.ts'
import { BaseMetric } from './metric.ts'
import type { Sample } from './reading.ts'
import { refuse } from './refuse.ts'
import { type SummaryOptions, SummarySeries } from './summary-series.ts'
import { SummaryShare } from './summary-share.ts'
import { startSeriesTimer, startTimer } from './timer.ts'

const DEFAULT_PERCENTILES = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999]
const DEFAULT_COMPRESS_COUNT = 1_000

/**
 * Quantiles of a process' values, their sum and count. Quantiles of several processes can't be added up: the service's
 * page shows the largest, which that of all values never is above. A histogram has it exactly.
 */
export class Summary<T extends string = string> extends BaseMetric<
  T,
  SummarySeries,
  MetricValueWithName<T>,
  Summary.Internal<T>
> {
  readonly type = 'summary'
  readonly percentiles: readonly number[]
  readonly #options: SummaryOptions
  readonly #prunes: boolean

  constructor(configuration: SummaryConfiguration<T>) {
    super(configuration, 'quantile')
    const { percentiles, maxAgeSeconds, ageBuckets, compressCount = DEFAULT_COMPRESS_COUNT } = configuration
    this.percentiles = percentiles ?? DEFAULT_PERCENTILES
    this.#options = { maxAgeSeconds, ageBuckets, compressCount }
    this.#prunes = Boolean(configuration.pruneAgedBuckets)
    this.begin()
  }

  /** @throws {Error} for a label that was not declared, or no finite number. */
  observe(value: number): void
  observe(labels: LabelValues<T>, value: number): void
  observe(first: unknown, second?: unknown): void {
    const hasLabels = isObject(first)
    const value = hasLabels ? second : first
    if (!Number.isFinite(value)) {
      if (hasLabels) refuseUnknownLabels(this.labelNames, first as Labels)
      refuse(value)
    }
    const series = hasLabels ? this.table.of(first as Labels) : this.table.plain
    series.observe(value as number)
  }

  /** What it returns observes the seconds since now, and returns them. */
  startTimer(labels?: LabelValues<T>): (labels?: LabelValues<T>) => number {
    return startTimer((seconds, endLabels?: LabelValues<T>) =>
      this.observe(mergeLabels(labels, endLabels), seconds),
    )
  }

  /** Everything begins at nothing again; what was shown still is. */
  override reset(): void {
    for (const series of this.table) {
      series.clear()
      series.share.replace(series.values())
    }
  }

  /** Quantiles are worked out when the page is to have them: that alone takes longer than to observe. */
  protected override collectForPage(): void | Promise<void> {
    this.#prune()
    return this.collect === undefined ? this.publication.withhold(() => {}) : this.collectValues()
  }

  protected override createSeries(labels: Labels): SummarySeries {
    return new SummarySeries(labels, this.#options)
  }

  protected override createChild(series: SummarySeries): Summary.Internal<T> {
    let own = series
    const observe = (value: number): void => {
      if (!Number.isFinite(value)) refuse(value)
      if (!own.isLive) own = this.table.awake(own)
      own.observe(value)
    }
    return {
      observe,
      startTimer: () =>
        startSeriesTimer(own.labels as LabelValues<T>, observe, (labels, seconds) =>
          this.observe(labels, seconds),
        ),
    }
  }

  protected override samples(): Sample[] {
    this.#prune()
    return Array.from(this.table).flatMap(series => this.#samplesOf(series))
  }

  protected override publish(): Pick<Published, 'signature' | 'define'> {
    const { aggregator, percentiles } = this
    const define: Define = meter => this.#define(meter)
    return {
      signature: `summary ${percentiles}`,
      define: aggregator === 'omit' ? undefined : define,
    }
  }

  /** The samples of a summary, as two counters and a gauge. What the counters say is exact. */
  #define(meter: PageMeter): ReturnType<Define> {
    const { name, help: description, percentiles } = this
    const counts = meter.createCounter(`${name}_count`, { description })
    const sums = meter.createCounter(`${name}_sum`, { description, negative: true })
    const quantiles = meter.createGauge(name, { description, merging: { merge: 'max', keepDead: false } })
    return (attributes, series) => {
      const count = shareOf(counts, attributes)
      const sum = shareOf(sums, attributes)
      const gauges = percentiles.map(each => shareOf(quantiles, { ...attributes, quantile: String(each) }))
      return new SummaryShare(count, sum, gauges, () => (series as SummarySeries).percentiles(percentiles))
    }
  }

  #prune(): void {
    if (!this.#prunes) return
    for (const series of [...this.table]) if (series.quantiles.isEmpty) this.table.remove(series.labels)
  }

  #samplesOf(series: SummarySeries): Sample[] {
    const { name, percentiles } = this
    const { labels, sum, count } = series
    const values = series.percentiles(percentiles)
    return [
      ...percentiles.map((quantile, index) => ({ labels: { quantile, ...labels }, value: values[index] })),
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ]
  }
}

export declare namespace Summary {
  interface Internal<T extends string> {
    observe(value: number): void
    startTimer(): (labels?: LabelValues<T>) => number
  }
  interface Config {
    percentiles?: number[]
  }
}
