import { format } from 'node:util'
import { type PageMeter, shareOf } from '../page/page-meter.ts'
import type { Define, Published } from '../page/publication.ts'
import {
  isObject,
  type Labels,
  labelsFromArguments,
  mergeLabels,
  refuseUnknownLabels,
} from '../series/label-rules.ts'
import type { Share } from '../series/series.ts'
import type {
  LabelValues,
  MetricObjectWithValues,
  MetricValueWithName,
  SummaryConfiguration,
} from '../types.ts'
import { BaseMetric } from './metric.ts'
import type { Sample } from './reading.ts'
import { type SummaryOptions, SummarySeries } from './summary-series.ts'
import { startTimer } from './timer.ts'

const DEFAULT_PERCENTILES = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999]
const DEFAULT_COMPRESS_COUNT = 1_000

/**
 * Quantiles of a process' values, their sum and count. Quantiles of several processes can't be added up: the service's
 * page shows the largest, which that of all values never is above. A histogram has it exactly.
 */
export class Summary<T extends string = string> extends BaseMetric<SummarySeries> {
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

  /** One series, found once. It may be kept: after `remove` it begins anew. */
  labels(...values: string[]): Summary.Internal<T>
  labels(labels: LabelValues<T>): Summary.Internal<T>
  labels(...given: unknown[]): Summary.Internal<T> {
    const series =
      this.table.knownByValues(given) ?? this.table.known(labelsFromArguments(this.labelNames, given))
    series.child ??= this.#childOf(series)
    return series.child as Summary.Internal<T>
  }

  /** Everything begins at nothing again; what was shown still is. */
  reset(): void {
    for (const series of this.table) {
      series.clear()
      series.share.replace(series.values())
    }
  }

  remove(...values: string[]): void
  remove(labels: LabelValues<T>): void
  remove(...given: unknown[]): void {
    this.table.remove(labelsFromArguments(this.labelNames, given))
  }

  async get(): Promise<MetricObjectWithValues<MetricValueWithName<T>>> {
    const pending = this.collectValues()
    if (pending !== undefined) await pending
    return this.reading() as never
  }

  /** Quantiles are worked out when the page is to have them: that alone takes longer than to observe. */
  protected override collectForPage(): void | Promise<void> {
    this.#prune()
    return this.collect === undefined ? this.publication.withhold(() => {}) : this.collectValues()
  }

  protected override createSeries(labels: Labels): SummarySeries {
    return new SummarySeries(labels, this.#options)
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

  #childOf(series: SummarySeries): Summary.Internal<T> {
    let own = series
    const observe = (value: number): void => {
      if (!Number.isFinite(value)) refuse(value)
      if (!own.isLive) own = this.table.awake(own)
      own.observe(value)
    }
    return {
      observe,
      startTimer: () =>
        startTimer((seconds, labels?: LabelValues<T>) => {
          if (labels === undefined) observe(seconds)
          else this.observe(mergeLabels(own.labels as LabelValues<T>, labels), seconds)
        }),
    }
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

/** Sum and count at once; quantiles, which take a while to work out, when they are looked at. */
class SummaryShare implements Share {
  readonly #count: Share
  readonly #sum: Share
  readonly #quantiles: readonly Share[]
  readonly #read: () => number[]

  constructor(count: Share, sum: Share, quantiles: readonly Share[], read: () => number[]) {
    this.#count = count
    this.#sum = sum
    this.#quantiles = quantiles
    this.#read = read
  }

  record(value: number): void {
    this.#count.add(1)
    this.#sum.add(value)
  }

  add(value: number): void {
    this.record(value)
  }

  replace(values?: ArrayLike<number>): void {
    this.#count.replace(values && [values[0]])
    this.#sum.replace(values && [values[1]])
    const quantiles = values && this.#read()
    this.#quantiles.forEach((share, index) => {
      share.replace(quantiles && [quantiles[index]])
    })
  }
}

function refuse(value: unknown): never {
  throw new TypeError(`Value is not a valid number: ${format(value)}`)
}
