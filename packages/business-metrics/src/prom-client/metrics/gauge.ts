import { format } from 'node:util'
import { shareOf } from '../page/page-meter.ts'
import type { Published } from '../page/publication.ts'
import { mergingOf } from '../page/rules.ts'
import { isObject, type Labels, mergeLabels, NO_LABELS } from '../series/label-rules.ts'
import type { GaugeConfiguration, LabelValues, MetricValue } from '../types.ts'
import { GaugeSeries } from './gauge-series.ts'
import { BaseMetric } from './metric.ts'
import type { Sample } from './reading.ts'
import { startSeriesTimer, startTimer } from './timer.ts'

/**
 * A value that is now.
 *
 * @example
 * const connections = new Gauge({ name: 'connections', help: 'Open connections.' })
 * connections.set(12)
 */
export class Gauge<T extends string = string> extends BaseMetric<
  T,
  GaugeSeries,
  MetricValue<T>,
  Gauge.Internal<T>
> {
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

  /** Everything begins at nothing again. */
  override reset(): void {
    super.reset()
    this.showUnlabeled()
  }

  /** A zero that nobody set is somebody's share of a sum, and nobody's share of an average. */
  protected override createSeries(labels: Labels): GaugeSeries {
    return new GaugeSeries(labels, this.aggregator === 'sum')
  }

  protected override createChild(series: GaugeSeries): Gauge.Internal<T> {
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
        startSeriesTimer(
          own.labels as LabelValues<T>,
          seconds => awake().set(seconds),
          (labels, seconds) => this.set(labels, seconds),
        ),
    }
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
