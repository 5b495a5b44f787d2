import type {
  Attributes,
  Counter,
  Gauge,
  Histogram,
  Meter,
  MetricOptions,
  UpDownCounter,
} from '@opentelemetry/api'
import type { Merging } from '../segment/merge-policy.ts'

/** One series, found once: recording through it is a store into shared memory, without a lookup. */
export interface BoundCounter {
  /** Adds `value`, in the instrument's unit. Never throws. */
  add(value: number): void
}

/** One series, found once: recording through it is a store into shared memory, without a lookup. */
export interface BoundRecorder {
  /** Records `value`, in the instrument's unit. Never throws. */
  record(value: number): void
}

/**
 * One series of somebody who keeps its values, too, and may say something else in their place: what has been reset, or
 * came about before the provider was there.
 */
export interface OwnedSeries extends BoundCounter, BoundRecorder {
  /**
   * Puts the writer's share of the series in place of what it was: `[value]` of a counter or gauge; of a histogram the
   * counts of its buckets, then the sum. Without values it is as if nothing had ever been recorded, and a counter's or
   * gauge's series is not on the page; a counter's comes back with values only, whatever is added. Values that do not
   * fit are ignored.
   */
  replace(values?: ArrayLike<number>): void
}

/** What an instrument can say of itself beyond OpenTelemetry's options. */
export interface SharedMetricOptions extends MetricOptions {
  /** How the values of several workers become one, where neither `merge` of the provider nor `TUTTI_MERGE` says it. */
  merging?: Merging
  /** Of a histogram: values below zero are measurements, too. */
  negative?: boolean
}

/** What every synchronous instrument offers beyond the OpenTelemetry API. */
export interface Bindable<Bound> {
  /**
   * A handle on the series of these attributes. Take it once, where the attributes are known, and keep it.
   *
   * @example
   * const ok = requests.bind({ outcome: 'ok' })
   * ok.add(1)
   */
  bind(attributes: Attributes): Bound
  /** The series of these attributes, to own; undefined where those of others count in it, too, or in several. */
  own(attributes: Attributes): OwnedSeries | undefined
}

export type SharedCounter = Counter & Bindable<BoundCounter>
export type SharedUpDownCounter = UpDownCounter & Bindable<BoundCounter>
export type SharedHistogram = Histogram & Bindable<BoundRecorder>
export type SharedGauge = Gauge & Bindable<BoundRecorder>

/** A meter whose synchronous instruments can be bound. */
export interface SharedMeter extends Meter {
  createCounter(name: string, options?: SharedMetricOptions): SharedCounter
  createUpDownCounter(name: string, options?: SharedMetricOptions): SharedUpDownCounter
  createHistogram(name: string, options?: SharedMetricOptions): SharedHistogram
  createGauge(name: string, options?: SharedMetricOptions): SharedGauge
}
