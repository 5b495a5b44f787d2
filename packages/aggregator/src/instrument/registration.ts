import type { Attributes, BatchObservableCallback, Observable, ObservableCallback } from '@opentelemetry/api'
import type { ObservableInstrument } from './observable-instrument.ts'

export type AnyCallback = ObservableCallback | BatchObservableCallback

/** One call of a callback. What it observes counts until it is over. */
export interface Call {
  readonly beganMs: number
  isOpen: boolean
  /** Settles, and never rejects, when an asynchronous callback does: with what it rejected with, or nothing. */
  done: Promise<unknown[]>
}

/** A callback and the instruments that it was registered for. */
export class Registration {
  readonly instruments: ReadonlySet<ObservableInstrument>
  /** The call of an asynchronous callback that has not settled yet; it is not called again until it has. */
  pending: Call | undefined
  readonly #callback: AnyCallback
  readonly #batch: boolean

  constructor(callback: AnyCallback, instruments: ReadonlySet<ObservableInstrument>, batch: boolean) {
    this.#callback = callback
    this.instruments = instruments
    this.#batch = batch
  }

  /** Whether views drop all that it could observe. */
  get isDropped(): boolean {
    return [...this.instruments].every(instrument => instrument.isDropped)
  }

  equals(callback: AnyCallback, instruments: ReadonlySet<ObservableInstrument>, batch: boolean): boolean {
    if (callback !== this.#callback || batch !== this.#batch) return false
    return (
      instruments.size === this.instruments.size && [...instruments].every(each => this.instruments.has(each))
    )
  }

  /** Calls the callback; returns and throws what it does. All that it observes has the time at which it began. */
  run(call: Call, observation: number): unknown {
    const store = (instrument: ObservableInstrument, value: number, attributes: Attributes | undefined) => {
      // Not outside of a callback (OpenTelemetry metrics SDK, observations inside asynchronous callbacks).
      if (call.isOpen) instrument.observe(value, attributes ?? {}, call.beganMs, observation)
    }
    if (this.#batch) {
      return (this.#callback as BatchObservableCallback)({
        observe: (observable: Observable, value, attributes) => {
          // Only what the callback was registered for (OpenTelemetry metrics API, multiple-instrument callbacks).
          const instrument = observable as ObservableInstrument
          if (this.instruments.has(instrument)) store(instrument, value, attributes)
        },
      })
    }
    const [instrument] = this.instruments
    return (this.#callback as ObservableCallback)({
      observe: (value, attributes) => store(instrument, value, attributes),
    })
  }
}
