import type { Gate } from '../shared/gate.ts'
import { attend } from '../shared/provider.ts'
import { shared } from '../shared/state.ts'
import type { Instrument } from './instrument.ts'
import type { Series } from './series.ts'

/** One series of a counter: no lookup, everything else as with labels. */
export class BoundAdder {
  readonly #instrument: Instrument
  readonly #series: Series
  readonly #gate: Gate

  constructor(instrument: Instrument, series: Series) {
    this.#instrument = instrument
    this.#gate = instrument.gate
    this.#series = series
  }

  add(value: number): void {
    const gate = this.#gate
    if (shared.api.metrics !== shared.registered) attend()
    if (gate.asks && !gate.admit()) return this.#instrument.cutSeries(this.#series, value)
    if (!(typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE))
      return this.#instrument.reject(value)
    try {
      this.#series.handle.add(value)
    } catch {
      this.#instrument.fail()
    }
  }
}

/** One series of a histogram. */
export class BoundRecorder {
  readonly #instrument: Instrument
  readonly #series: Series
  readonly #gate: Gate

  constructor(instrument: Instrument, series: Series) {
    this.#instrument = instrument
    this.#gate = instrument.gate
    this.#series = series
  }

  record(value: number): void {
    const gate = this.#gate
    if (shared.api.metrics !== shared.registered) attend()
    if (gate.asks && !gate.admit()) return this.#instrument.cutSeries(this.#series, value)
    if (!(typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE))
      return this.#instrument.reject(value)
    try {
      this.#series.handle.record(value)
    } catch {
      this.#instrument.fail()
    }
  }
}

/** One series of a gauge. It remembers its value also while nobody records. */
export class BoundSetter {
  readonly #instrument: Instrument
  readonly #series: Series

  constructor(instrument: Instrument, series: Series) {
    this.#instrument = instrument
    this.#series = series
  }

  set(value: number): void {
    const instrument = this.#instrument
    const { gate } = instrument
    if (!(typeof value === 'number' && value - value === 0)) return instrument.reject(value)
    if (shared.api.metrics !== shared.registered) attend()
    if (gate.asks && !gate.admit()) return instrument.cutSeries(this.#series, value)
    instrument.put(this.#series, value)
  }

  add(value: number): void {
    // Adding calls what the value brings along; what is no number is not added.
    if (typeof value !== 'number') return this.#instrument.reject(value)
    this.set((this.#series.value ?? 0) + value)
  }
}
