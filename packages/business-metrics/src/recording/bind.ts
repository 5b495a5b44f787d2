import type {
  Attributes,
  Counter,
  Gauge,
  Histogram,
  Meter,
  ObservableGauge,
  UpDownCounter,
} from '@opentelemetry/api'
import type { InstrumentSpec } from './instrument-spec.ts'
import type { Handle, Series } from './series.ts'

/** One instrument of one provider. */
export interface Binding {
  bind(series: Series): Handle
  /** Another binding takes its place: nothing is observed for it any more. */
  end?(): void
}

/** Makes the OpenTelemetry instrument. A gauge is the instrument that says, also to other SDKs, how its values merge. */
export function makeBinding(meter: Meter, spec: InstrumentSpec, series: Iterable<Series>): Binding {
  const { name, description, unit, buckets, across } = spec
  const options = { description, unit }
  switch (spec.kind) {
    case 'counter':
      return { bind: adder(meter.createCounter(name, options)) }
    case 'histogram': {
      const advice = buckets && { explicitBucketBoundaries: [...buckets] }
      return { bind: recorder(meter.createHistogram(name, { ...options, ...(advice && { advice }) })) }
    }
    case 'gauge':
      if (across === 'sum') return { bind: share(adder(meter.createUpDownCounter(name, options))) }
      if (across === 'each') return observed(meter.createObservableGauge(name, options), series)
      return { bind: recorder(meter.createGauge(name, options)) }
  }
}

interface Bindable {
  bind?(attributes: Attributes): { add?(value: number): void; record?(value: number): void }
}

/** Tutti's own instruments bind labels to a cell; any other vendor's look them up at each call. */
function adder(instrument: (Counter | UpDownCounter) & Bindable): Binding['bind'] {
  if (typeof instrument.bind === 'function') return ({ attributes }) => instrument.bind!(attributes) as Handle
  return ({ attributes }) => ({ add: value => instrument.add(value, attributes), record() {} })
}

function recorder(instrument: (Histogram | Gauge) & Bindable): Binding['bind'] {
  if (typeof instrument.bind === 'function') return ({ attributes }) => instrument.bind!(attributes) as Handle
  return ({ attributes }) => ({ add() {}, record: value => instrument.record(value, attributes) })
}

/** A gauge whose values add up over processes is a sum of what each changed. */
function share(bind: Binding['bind']): Binding['bind'] {
  return series => {
    const handle = bind(series)
    let said = 0
    const record = (value: number): void => {
      handle.add(value - said)
      said = value
    }
    return { add() {}, record, end: () => record(0) }
  }
}

/** The metrics SDK keeps what is observed apart by process; it asks for what was said last. */
function observed(instrument: ObservableGauge, all: Iterable<Series>): Binding {
  const callback: Parameters<ObservableGauge['addCallback']>[0] = result => {
    for (const { value, attributes } of all) if (value !== undefined) result.observe(value, attributes)
  }
  instrument.addCallback(callback)
  return { bind: () => ({ add() {}, record() {} }), end: () => instrument.removeCallback(callback) }
}
