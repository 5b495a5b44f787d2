import { shareOf } from '../page/page-meter.ts'
import type { Published } from '../page/publication.ts'
import { isObject, type Labels, mergeLabels, NO_LABELS, refuseUnknownLabels } from '../series/label-rules.ts'
import type {
  HistogramConfiguration,
  LabelValues,
  MetricValueWithName,
  ObserveDataWithExemplar,
} from '../types.ts'
import { HistogramSeries } from './histogram-series.ts'
import { BaseMetric } from './metric.ts'
import { exemplarOf, type Sample } from './reading.ts'
import { refuse } from './refuse.ts'
import { startSeriesTimer, startTimer } from './timer.ts'

const DEFAULT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * How often values were how large.
 *
 * @example
 * const seconds = new Histogram({ name: 'job_seconds', help: 'Jobs.', labelNames: ['job'], buckets: [0.1, 1, 10] })
 * const end = seconds.startTimer({ job: 'import' })
 * end()
 */
export class Histogram<T extends string = string> extends BaseMetric<
  T,
  HistogramSeries,
  MetricValueWithName<T>,
  Histogram.Internal<T>
> {
  readonly type: 'histogram' = 'histogram'
  /** Upper bounds, inclusive. */
  readonly upperBounds: readonly number[]
  readonly #bounds: Float64Array

  constructor(configuration: HistogramConfiguration<T>) {
    super(configuration, 'le')
    this.upperBounds = Object.freeze([...(configuration.buckets ?? DEFAULT_BUCKETS)])
    this.#bounds = Float64Array.of(...this.upperBounds, Number.POSITIVE_INFINITY)
    this.begin()
  }

  /** @throws {Error} for a label that was not declared, or no finite number. */
  observe(value: number): void
  observe(labels: LabelValues<T>, value: number): void
  observe(data: ObserveDataWithExemplar<T>): void
  observe(first: unknown, second?: unknown): void {
    if (this.enableExemplars) return this.#observeWithExemplar(first as ObserveDataWithExemplar<T>)
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
  startTimer(
    labels?: LabelValues<T>,
    exemplarLabels?: LabelValues<T>,
  ): (labels?: LabelValues<T>, exemplarLabels?: LabelValues<T>) => number {
    return startTimer((value, endLabels?: LabelValues<T>, endExemplarLabels?: LabelValues<T>) => {
      const all = mergeLabels(labels, endLabels)
      if (!this.enableExemplars) this.observe(all, value)
      else
        this.observe({
          labels: all,
          value,
          exemplarLabels: mergeLabels(exemplarLabels, endExemplarLabels),
        })
    })
  }

  /** Shows these labels before anything is observed, or as if nothing had been. */
  zero(labels: LabelValues<T>): void {
    const series = this.table.of(labels as Labels)
    series.clear()
    series.share.replace(series.values())
  }

  /** @internal Its series, for who writes them in another way. */
  get shown(): Iterable<HistogramSeries> {
    return this.table
  }

  protected override createSeries(labels: Labels): HistogramSeries {
    return new HistogramSeries(labels, this.#bounds)
  }

  protected override createChild(series: HistogramSeries): Histogram.Internal<T> {
    if (this.enableExemplars) {
      const labels = series.labels as LabelValues<T>
      return {
        observe: (data: unknown) =>
          this.#observeWithExemplar(isObject(data) ? { ...data, labels } : { labels, value: data }),
        startTimer: () => this.startTimer(labels),
      }
    }
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
    return Array.from(this.table).flatMap(series => this.#samplesOf(series))
  }

  protected override publish(): Pick<Published, 'signature' | 'define'> {
    const { name, help: description, upperBounds, aggregator } = this
    const signature = `histogram ${upperBounds}`
    const isAscending = upperBounds.every(
      (bound, index) => Number.isFinite(bound) && (index === 0 || bound > upperBounds[index - 1]),
    )
    // Buckets in another order are no histogram to Prometheus.
    if (aggregator === 'omit' || !isAscending) return { signature, define: undefined }
    const advice = { explicitBucketBoundaries: [...upperBounds] }
    return {
      signature,
      define: meter => {
        const histogram = meter.createHistogram(name, { description, advice, negative: true })
        return attributes => shareOf(histogram, attributes)
      },
    }
  }

  #observeWithExemplar({
    labels,
    value,
    exemplarLabels,
  }:
    | Partial<ObserveDataWithExemplar<T>>
    | { labels?: LabelValues<T>; value?: unknown; exemplarLabels?: LabelValues<T> } = {}): void {
    if (!Number.isFinite(value)) refuse(value)
    const series = this.table.of((labels ?? NO_LABELS) as Labels)
    const measured = value as number
    series.observe(measured)
    if (exemplarLabels === undefined || Object.keys(exemplarLabels).length === 0) return
    const exemplar = exemplarOf(exemplarLabels, measured)
    series.exemplars ??= new Array(this.upperBounds.length + 1).fill(undefined)
    series.exemplars[series.bucketOf(measured)] = exemplar
  }

  #samplesOf({ labels, cells, exemplars }: HistogramSeries): Sample[] {
    const { name, upperBounds } = this
    const samples: Sample[] = []
    let count = 0
    for (let bucket = 0; bucket <= upperBounds.length; bucket++) {
      count += cells[bucket]
      samples.push({
        labels: { le: upperBounds[bucket] ?? '+Inf', ...labels },
        value: count,
        metricName: `${name}_bucket`,
        exemplar: exemplars?.[bucket] ?? null,
      })
    }
    samples.push({ labels: { ...labels }, value: cells[cells.length - 1], metricName: `${name}_sum` })
    samples.push({ labels: { ...labels }, value: count, metricName: `${name}_count` })
    return samples
  }
}

export declare namespace Histogram {
  interface Internal<T extends string> {
    observe(value: number): void
    startTimer(): (labels?: LabelValues<T>) => void
  }
  interface Config {
    buckets?: number[]
  }
}
