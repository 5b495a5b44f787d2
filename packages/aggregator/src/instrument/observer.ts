import type { Attributes, BatchObservableCallback, Observable, ObservableCallback } from '@opentelemetry/api'
import { ObservableInstrument } from './observable-instrument.ts'

interface Registration {
  readonly callback: ObservableCallback | BatchObservableCallback
  readonly instruments: readonly ObservableInstrument[]
  readonly batch: boolean
  /** An asynchronous callback that has not settled yet; it is not called again until it has. */
  pending: Promise<unknown[]> | undefined
}

/** One round of callbacks. */
export interface Observation {
  /** What callbacks threw. */
  readonly errors: readonly unknown[]
  /** The asynchronous callbacks that are still busy: each resolves with what it rejected with, or with nothing. */
  readonly pending: readonly Promise<unknown[]>[]
}

/** Runs the callbacks of this thread's observables: one call of {@link observe} is one observation. */
export class Observer {
  readonly #registrations: Registration[] = []
  readonly #now: () => number
  readonly #fail: (error: unknown) => void
  readonly #added: () => void
  #observation = 0

  /**
   * @param fail told of every error that a callback throws or rejects with.
   * @param added told of every new callback.
   */
  constructor(now: () => number, fail: (error: unknown) => void, added: () => void) {
    this.#now = now
    this.#fail = fail
    this.#added = added
  }

  /** Registers a callback; the same one for the same instruments only once (OpenTelemetry metrics API). */
  add(
    callback: ObservableCallback | BatchObservableCallback,
    instruments: readonly Observable[],
    batch = false,
  ): void {
    const ours = instruments.filter(each => each instanceof ObservableInstrument)
    if (typeof callback !== 'function' || ours.length === 0 || this.#find(callback, ours, batch) >= 0) return
    this.#registrations.push({ callback, instruments: ours, batch, pending: undefined })
    this.#added()
  }

  remove(
    callback: ObservableCallback | BatchObservableCallback,
    instruments: readonly Observable[],
    batch = false,
  ): void {
    const ours = instruments.filter(each => each instanceof ObservableInstrument)
    const index = this.#find(callback, ours, batch)
    if (index < 0) return
    this.#registrations.splice(index, 1)
    // With nobody left to observe it, its values are no longer true.
    this.#forget(ours, Number.POSITIVE_INFINITY)
  }

  /** Calls every callback once and stores what they observe. What a promise delivers is stored when it does. */
  observe(): Observation {
    const observation = ++this.#observation
    const errors: unknown[] = []
    for (const registration of this.#registrations) {
      if (registration.pending !== undefined) continue
      try {
        const result = this.#call(registration, observation)
        const isPromise = typeof (result as PromiseLike<void> | undefined)?.then === 'function'
        if (isPromise)
          registration.pending = this.#settle(registration, result as PromiseLike<void>, observation)
      } catch (error) {
        errors.push(error)
        this.#fail(error)
      }
    }
    for (const { instruments } of this.#registrations) this.#forget(instruments, observation)
    return { errors, pending: this.#registrations.flatMap(({ pending }) => pending ?? []) }
  }

  async #settle(
    registration: Registration,
    result: PromiseLike<void>,
    observation: number,
  ): Promise<unknown[]> {
    try {
      await result
      return []
    } catch (error) {
      this.#fail(error)
      return [error]
    } finally {
      registration.pending = undefined
      this.#forget(registration.instruments, observation)
    }
  }

  #call(registration: Registration, observation: number): unknown {
    const store = (instrument: ObservableInstrument, value: number, attributes: Attributes | undefined) => {
      instrument.observe(value, attributes, this.#now(), observation)
    }
    if (!registration.batch) {
      const [instrument] = registration.instruments
      const callback = registration.callback as ObservableCallback
      return callback({ observe: (value, attributes) => store(instrument, value, attributes) })
    }
    const callback = registration.callback as BatchObservableCallback
    return callback({
      observe(observable, value, attributes) {
        // Only what the callback was registered for (OpenTelemetry metrics API, multiple-instrument callbacks).
        const instrument = registration.instruments.find(each => each === observable)
        if (instrument !== undefined) store(instrument, value, attributes)
      },
    })
  }

  /** Waits with instruments that a callback is still busy with. */
  #forget(instruments: readonly ObservableInstrument[], observation: number): void {
    for (const instrument of instruments) {
      const busy = this.#registrations.some(
        each => each.pending !== undefined && each.instruments.includes(instrument),
      )
      if (!busy) instrument.forgetBefore(observation)
    }
  }

  #find(callback: unknown, instruments: readonly ObservableInstrument[], batch: boolean): number {
    return this.#registrations.findIndex(
      each =>
        each.callback === callback &&
        each.batch === batch &&
        each.instruments.length === instruments.length &&
        each.instruments.every(instrument => instruments.includes(instrument)),
    )
  }
}
