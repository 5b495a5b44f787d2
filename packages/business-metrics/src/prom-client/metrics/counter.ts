import { format } from 'node:util'
import { shareOf } from '../page/page-meter.ts'
import type { Published } from '../page/publication.ts'
import { mergingOf } from '../page/rules.ts'
import {
  isObject,
  type Labels,
  labelsFromArguments,
  NO_LABELS,
  refuseUnknownLabels,
} from '../series/label-rules.ts'
import type { CounterConfiguration, IncreaseDataWithExemplar, LabelValues, MetricValue } from '../types.ts'
import { CounterSeries } from './counter-series.ts'
import { BaseMetric } from './metric.ts'
import { exemplarOf, type Sample } from './reading.ts'
import { totalShare } from './total-share.ts'

/**
 * A value that only grows.
 *
 * @example
 * const orders = new Counter({ name: 'orders_total', help: 'Orders taken.', labelNames: ['channel'] })
 * orders.inc({ channel: 'web' })
 * const app = orders.labels('app') // found once
 * app.inc(3)
 */
export class Counter<T extends string = string> extends BaseMetric<
  T,
  CounterSeries,
  MetricValue<T>,
  Counter.Internal
> {
  readonly type: 'counter' = 'counter'

  constructor(configuration: CounterConfiguration<T>) {
    super(configuration)
    this.begin()
  }

  /** Adds 1, or `value`. @throws {Error} for a label that was not declared, a negative value, or no number. */
  inc(labels: LabelValues<T>, value?: number): void
  inc(value?: number): void
  inc(increase: IncreaseDataWithExemplar<T>): void
  inc(first?: unknown, second?: number): void {
    if (this.enableExemplars) return this.#incWithExemplar(first as IncreaseDataWithExemplar<T> | undefined)
    if (first !== null && typeof first === 'object') {
      const value = second ?? 1
      if (!isCountable(value)) return this.#refuse(first as Labels, value)
      const series = this.table.of(first as Labels)
      series.value += value
      series.share.add(value)
      return
    }
    const value = (first as number | null | undefined) ?? 1
    if (!isCountable(value)) return refuse(value)
    const series = this.table.plain
    series.value += value
    series.share.add(value)
  }

  /** One series, found once. It may be kept: after `reset` and `remove` it begins anew. */
  override labels(...values: string[]): Counter.Internal
  override labels(labels: LabelValues<T>): Counter.Internal
  override labels(...given: unknown[]): Counter.Internal {
    const found = this.table.knownByValues(given)
    if (found?.child !== undefined) return found.child as Counter.Internal
    const labels = labelsFromArguments(this.labelNames, given)
    // Labels that were not declared are refused when something is to be counted, as they always were.
    if (Object.keys(labels).some(label => !this.labelNames.includes(label)))
      return { inc: value => this.inc(labels as LabelValues<T>, value) }
    const series = found ?? this.table.known(labels)
    series.child ??= this.createChild(series)
    return series.child as Counter.Internal
  }

  /** Everything begins at nothing again. */
  override reset(): void {
    super.reset()
    this.showUnlabeled()
  }

  protected override createSeries(labels: Labels): CounterSeries {
    return new CounterSeries(labels)
  }

  protected override createChild(series: CounterSeries): Counter.Internal {
    if (this.enableExemplars) {
      const labels = series.labels as LabelValues<T>
      return {
        inc: (data: unknown) =>
          this.#incWithExemplar({ ...(isObject(data) ? data : { value: data as number }), labels }),
      }
    }
    let own = series
    return {
      inc: (given?: number) => {
        const value = given ?? 1
        if (!isCountable(value)) return refuse(value)
        if (!own.isLive) own = this.table.awake(own)
        own.value += value
        own.share.add(value)
      },
    }
  }

  protected override samples(): Sample[] {
    return Array.from(this.table, ({ value, labels, exemplar }) =>
      exemplar === undefined ? { value, labels } : { value, labels, exemplar },
    )
  }

  /** What is not to be added up (`aggregator: 'max'`) is a gauge among processes. */
  protected override publish(): Pick<Published, 'signature' | 'define'> {
    const { name, help: description, aggregator } = this
    const merging = mergingOf(aggregator)
    if (merging === undefined) return { signature: aggregator, define: undefined }
    return {
      signature: `counter ${aggregator}`,
      define: meter => {
        if (merging.merge === 'sum') {
          const counter = meter.createCounter(name, { description })
          return attributes => shareOf(counter, attributes)
        }
        const gauge = meter.createGauge(name, { description, merging })
        return attributes => totalShare(shareOf(gauge, attributes))
      },
    }
  }

  #refuse(labels: Labels, value: unknown): void {
    refuseUnknownLabels(this.labelNames, labels)
    refuse(value)
  }

  #incWithExemplar(data: IncreaseDataWithExemplar<T> = {}): void {
    const { labels, value = 1, exemplarLabels } = data
    if (!isCountable(value)) return this.#refuse((labels ?? NO_LABELS) as Labels, value)
    const series = this.table.of((labels ?? NO_LABELS) as Labels)
    series.value += value
    series.share.add(value)
    if (exemplarLabels !== undefined) series.exemplar = exemplarOf(exemplarLabels, value || 1)
  }
}

export declare namespace Counter {
  interface Internal {
    inc(value?: number): void
  }
}

function isCountable(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE
}

/** `NaN` is not counted, and no reason to fail: it came through before, and spoiled the sum. */
function refuse(value: unknown): void {
  if (Number.isNaN(value)) return
  if (typeof value === 'number' && value < 0 && value >= -Number.MAX_VALUE)
    throw new Error('It is not possible to decrease a counter')
  if (value) throw new TypeError(`Value is not a valid number: ${format(value)}`)
}
