import { createNoopMeter, type Meter, type Observable } from '@opentelemetry/api'

/**
 * The meter as upstream's instrumentation gets it: without the instruments that we observe ourselves, and with the
 * size of a heap space told in the same way as what is used of it. Upstream makes the first an up-down counter, which
 * adds up over workers, and the second a gauge, which each worker has its own of: nobody could divide one by the other.
 */
export function meterOfUpstream(meter: Meter, observedByUs: ReadonlySet<string>): Meter {
  const nothing: Observable = createNoopMeter().createObservableGauge('')
  return {
    createGauge: (name, options) => meter.createGauge(name, options),
    createHistogram: (name, options) => meter.createHistogram(name, options),
    createCounter: (name, options) => meter.createCounter(name, options),
    createUpDownCounter: (name, options) => meter.createUpDownCounter(name, options),
    createObservableCounter: (name, options) => meter.createObservableCounter(name, options),
    createObservableUpDownCounter: (name, options) => meter.createObservableGauge(name, options),
    createObservableGauge: (name, options) =>
      observedByUs.has(name) ? nothing : meter.createObservableGauge(name, options),
    addBatchObservableCallback(callback, observables): void {
      if (!observables.includes(nothing)) meter.addBatchObservableCallback(callback, observables)
    },
    removeBatchObservableCallback(callback, observables): void {
      if (!observables.includes(nothing)) meter.removeBatchObservableCallback(callback, observables)
    },
  }
}
