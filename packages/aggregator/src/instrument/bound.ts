import type {
  Attributes,
  Counter,
  Gauge,
  Histogram,
  Meter,
  MetricOptions,
  UpDownCounter,
} from '@opentelemetry/api'

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
}

export type SharedCounter = Counter & Bindable<BoundCounter>
export type SharedUpDownCounter = UpDownCounter & Bindable<BoundCounter>
export type SharedHistogram = Histogram & Bindable<BoundRecorder>
export type SharedGauge = Gauge & Bindable<BoundRecorder>

/** A meter whose synchronous instruments can be bound. */
export interface SharedMeter extends Meter {
  createCounter(name: string, options?: MetricOptions): SharedCounter
  createUpDownCounter(name: string, options?: MetricOptions): SharedUpDownCounter
  createHistogram(name: string, options?: MetricOptions): SharedHistogram
  createGauge(name: string, options?: MetricOptions): SharedGauge
}
