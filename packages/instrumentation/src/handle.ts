import type { Attributes, Histogram, UpDownCounter } from '@opentelemetry/api'

/** One series of a histogram, found once. */
export interface RecordHandle {
  record(value: number): void
}

/** One series of a counter, found once. */
export interface AddHandle {
  add(value: number): void
}

/** Our own instruments bind attributes to a cell; any other vendor's look them up at each call. */
export function bindHistogram(histogram: Histogram, attributes: Attributes): RecordHandle {
  const { bind } = histogram as Histogram & { bind?: (attributes: Attributes) => RecordHandle }
  if (typeof bind === 'function') return bind.call(histogram, attributes)
  return { record: value => histogram.record(value, attributes) }
}

export function bindCounter(counter: UpDownCounter, attributes: Attributes): AddHandle {
  const { bind } = counter as UpDownCounter & { bind?: (attributes: Attributes) => AddHandle }
  if (typeof bind === 'function') return bind.call(counter, attributes)
  return { add: value => counter.add(value, attributes) }
}
