import { format } from 'node:util'
import { shareOf } from '../page/page-meter.ts'
import type { Published } from '../page/publication.ts'
import { mergingOf } from '../page/rules.ts'
import { isObject, type Labels, labelsFromArguments, mergeLabels, NO_LABELS } from '../series/label-rules.ts'
import { Series } from '../series/series.ts'
import type { GaugeConfiguration, LabelValues, MetricObjectWithValues, MetricValue } from '../types.ts'
import { BaseMetric } from './metric.ts'
import type { Sample } from './reading.ts'
import { startTimer } from './timer.ts'

export class GaugeSeries extends Series {
  value: number = 0
  isSet: boolean = false
  readonly #showsUnset: boolean

  constructor(labels: Labels, showsUnset: boolean) {
    super(labels)
    this.#showsUnset = showsUnset
  }

  set(value: number): void {
    this.value = value
    this.isSet = true
    // A page of several processes has no sum of what is not finite.
    if (value - value === 0) this.share.record(value)
    else this.share.replace()
  }

  clear(): void {
    this.value = 0
    this.isSet = false
  }

  values(): ArrayLike<number> | undefined {
    return (this.isSet || this.#showsUnset) && Number.isFinite(this.value) ? [this.value] : undefined
  }
}

/**
 * A value that is now.
 *
 * @example
 * const connections = new Gauge({ name: 'connections', help: 'Open connections.' })
 * connections.set(12)
 */
export class Gauge<T extends string = string> extends BaseMetric<GaugeSeries> {
  readonly type: 'gauge' = 'gauge'

  constructor(configuration: GaugeConfiguration<T>) {
    super(configuration)
    this.begin()
  }

  /** @throws {Error} for a label that was not declared, or no number. */
  set(labels: LabelValues<T>, value: number): void
  set(value: number): void
  set(first: unknown, second?: unknown): void {
    const hasLabels = isObject(first)
    const value = checked(hasLabels ? second : first, 'Value')
    const series = hasLabels ? this.table.of(first as Labels) : this.table.plain
    series.set(value)
  }

  inc(labels: LabelValues<T>, value?: number): void
  inc(value?: number): void
  inc(first?: unknown, second?: unknown): void {
    this.#change(first, second, 1)
  }

  dec(labels: LabelValues<T>, value?: number): void
  dec(value?: number): void
  dec(first?: unknown, second?: unknown): void {
    this.#change(first, second, -1)
  }

  /** Seconds since the epoch. */
  setToCurrentTime(labels?: LabelValues<T>): void {
    this.set((labels ?? NO_LABELS) as LabelValues<T>, Date.now() / 1000)
  }

  /** What it returns sets the gauge to the seconds since now, and returns them. */
  startTimer(labels?: LabelValues<T>): (labels?: LabelValues<T>) => number {
    return startTimer((seconds, endLabels?: LabelValues<T>) =>
      this.set(mergeLabels(labels, endLabels), seconds),
    )
  }

  /** One series, found once. It may be kept: after `reset` and `remove` it begins anew. */
  labels(...values: string[]): Gauge.Internal<T>
  labels(labels: LabelValues<T>): Gauge.Internal<T>
  labels(...given: unknown[]): Gauge.Internal<T> {
    const series =
      this.table.knownByValues(given) ?? this.table.known(labelsFromArguments(this.labelNames, given))
    series.child ??= this.#childOf(series)
    return series.child as Gauge.Internal<T>
  }

  /** Everything begins at nothing again. */
  reset(): void {
    this.table.reset()
    if (this.labelNames.length === 0) this.table.plain
  }

  remove(...values: string[]): void
  remove(labels: LabelValues<T>): void
  remove(...given: unknown[]): void {
    this.table.remove(labelsFromArguments(this.labelNames, given))
  }

  async get(): Promise<MetricObjectWithValues<MetricValue<T>>> {
    const pending = this.collectValues()
    if (pending !== undefined) await pending
    return this.reading() as never
  }

  /** A zero that nobody set is somebody's share of a sum, and nobody's share of an average. */
  protected override createSeries(labels: Labels): GaugeSeries {
    return new GaugeSeries(labels, this.aggregator === 'sum')
  }

  protected override samples(): Sample[] {
    return Array.from(this.table, ({ value, labels }) => ({ value, labels }))
  }

  protected override publish(): Pick<Published, 'signature' | 'define'> {
    const { name, help: description, aggregator } = this
    const merging = mergingOf(aggregator)
    const signature = `gauge ${aggregator}`
    if (merging === undefined) return { signature, define: undefined }
    return {
      signature,
      define: meter => {
        const gauge = meter.createGauge(name, { description, merging })
        return attributes => shareOf(gauge, attributes)
      },
    }
  }

  #change(first: unknown, second: unknown, sign: 1 | -1): void {
    const hasLabels = isObject(first)
    const delta = checked((hasLabels ? second : first) ?? 1, 'Delta')
    const series = hasLabels ? this.table.of(first as Labels) : this.table.plain
    series.set(series.value + sign * delta)
  }

  #childOf(series: GaugeSeries): Gauge.Internal<T> {
    let own = series
    const awake = (): GaugeSeries => {
      if (!own.isLive) own = this.table.awake(own)
      return own
    }
    const change = (delta: number): void => {
      const each = awake()
      each.set(each.value + delta)
    }
    return {
      inc: (value = 1) => change(checked(value, 'Delta')),
      dec: (value = 1) => change(-checked(value, 'Delta')),
      set: value => awake().set(checked(value, 'Value')),
      setToCurrentTime: () => awake().set(Date.now() / 1000),
      startTimer: () =>
        startTimer((seconds, labels?: LabelValues<T>) => {
          if (labels === undefined) awake().set(seconds)
          else this.set(mergeLabels(own.labels as LabelValues<T>, labels), seconds)
        }),
    }
  }
}

export declare namespace Gauge {
  interface Internal<T extends string> {
    inc(value?: number): void
    dec(value?: number): void
    set(value: number): void
    setToCurrentTime(): void
    startTimer(): (labels?: LabelValues<T>) => number
  }
}

function checked(value: unknown, what: string): number {
  if (typeof value === 'number') return value
  throw new TypeError(`${what} is not a valid number: ${format(value)}`)
}
