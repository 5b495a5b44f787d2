import type { Observable } from '@opentelemetry/api'
import { ObservableInstrument } from './observable-instrument.ts'
import { type AnyCallback, type Call, Registration } from './registration.ts'

export interface ObserverOptions {
  readonly now: () => number
  /** Told of every error that a callback throws or rejects with, by the name of its (first) instrument. */
  readonly fail: (instrument: string, error: unknown) => void
  /** Told of every new callback. */
  readonly added: () => void
  readonly warn: (line: string) => void
}

/** An asynchronous callback that takes longer is given up on, and called again. The SDK's readers wait as long. */
const CALLBACK_TIMEOUT_MS = 30_000
const MAX_TIMER_MS = 2 ** 31 - 1

/** Runs the callbacks of this thread's observables: one call of {@link observe} is one observation. */
export class Observer {
  readonly #registrations: Registration[] = []
  readonly #options: ObserverOptions
  #observation = 0
  #warnedOfForeign = false

  constructor(options: ObserverOptions) {
    this.#options = options
  }

  /** Registers a callback; the same one for the same instruments only once (OpenTelemetry metrics API). */
  add(callback: AnyCallback, observables: readonly Observable[], batch = false): void {
    const ours = this.#ours(observables)
    if (typeof callback !== 'function' || ours.size === 0 || this.#find(callback, ours, batch) >= 0) return
    this.#registrations.push(new Registration(callback, ours, batch))
    this.#options.added()
  }

  remove(callback: AnyCallback, observables: readonly Observable[], batch = false): void {
    const ours = this.#ours(observables)
    const index = this.#find(callback, ours, batch)
    if (index < 0) return
    const [{ pending }] = this.#registrations.splice(index, 1)
    if (pending !== undefined) pending.isOpen = false
    // With nobody left to observe it, its values are no longer true.
    this.#settle(ours, Number.POSITIVE_INFINITY)
  }

  /**
   * Calls every callback once and stores what they observe; what an asynchronous one observes, when it does.
   * Returns what they threw.
   */
  observe(): unknown[] {
    const observation = ++this.#observation
    const registrations = [...this.#registrations]
    const errors = registrations.flatMap(registration => this.#run(registration, observation))
    for (const { instruments } of registrations) this.#settle(instruments, observation)
    return errors
  }

  /**
   * Waits for asynchronous callbacks, and gives up on those that take longer. Never rejects; returns what they
   * rejected with, and an error for each that took too long.
   * @param isAwaited whether somebody waits for it, and the process must live until then.
   */
  async settled(timeoutMs: number, isAwaited = true): Promise<unknown[]> {
    const calls = this.#registrations.flatMap(registration => {
      const { pending } = registration
      return pending === undefined ? [] : [{ registration, pending }]
    })
    if (calls.length === 0) return []
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<undefined>(resolve => {
      timer = setTimeout(resolve, Math.min(timeoutMs, MAX_TIMER_MS), undefined)
      if (!isAwaited) timer.unref()
    })
    const results = await Promise.all(calls.map(({ pending }) => Promise.race([pending.done, timeout])))
    clearTimeout(timer)
    return results.flatMap((errors, index) => {
      const { registration, pending } = calls[index]
      const isLate = errors === undefined && registration.pending === pending && pending.isOpen
      return isLate ? this.#giveUp(registration, pending, timeoutMs) : (errors ?? [])
    })
  }

  /** Returns what the callback threw. */
  #run(registration: Registration, observation: number): unknown[] {
    if (registration.isDropped || this.#isBusy(registration)) return []
    const call: Call = { beganMs: this.#options.now(), isOpen: true, done: Promise.resolve([]) }
    const errors: unknown[] = []
    try {
      const result = registration.run(call, observation)
      if (typeof (result as PromiseLike<void> | undefined)?.then === 'function') {
        registration.pending = call
        call.done = this.#finish(registration, call, observation, result as PromiseLike<void>)
        return errors
      }
    } catch (error) {
      errors.push(error)
      this.#fail(registration, error)
    }
    call.isOpen = false
    return errors
  }

  /** Whether the last call has not settled yet. One that never will must not stop the callback for ever. */
  #isBusy(registration: Registration): boolean {
    const { pending } = registration
    if (pending === undefined) return false
    if (this.#options.now() - pending.beganMs < CALLBACK_TIMEOUT_MS) return true
    this.#giveUp(registration, pending, CALLBACK_TIMEOUT_MS)
    return false
  }

  #giveUp(registration: Registration, call: Call, timeoutMs: number): Error {
    call.isOpen = false
    registration.pending = undefined
    const error = Object.assign(new Error(`did not settle within ${timeoutMs} ms`), { name: 'TimeoutError' })
    this.#fail(registration, error)
    this.#settle(registration.instruments, this.#observation)
    return error
  }

  #fail(registration: Registration, error: unknown): void {
    const [instrument] = registration.instruments
    this.#options.fail(instrument.name, error)
  }

  async #finish(
    registration: Registration,
    call: Call,
    observation: number,
    result: PromiseLike<void>,
  ): Promise<unknown[]> {
    const errors: unknown[] = []
    try {
      await result
    } catch (error) {
      errors.push(error)
      if (call.isOpen) this.#fail(registration, error)
    }
    // Removed, or given up on: then it is none of our business any more.
    if (!call.isOpen) return []
    call.isOpen = false
    registration.pending = undefined
    this.#settle(registration.instruments, observation)
    return errors
  }

  /** Waits with instruments that a callback is still busy with. */
  #settle(instruments: ReadonlySet<ObservableInstrument>, observation: number): void {
    for (const instrument of instruments) {
      const isBusy = this.#registrations.some(
        ({ pending, instruments: theirs }) => pending?.isOpen && theirs.has(instrument),
      )
      if (!isBusy) instrument.settle(observation)
    }
  }

  /**
   * The instruments that this observer observes. One of another provider, or of another copy of this package, has
   * an observer of its own; whatever else may stand in the list is no instrument at all.
   */
  #ours(observables: readonly Observable[]): Set<ObservableInstrument> {
    const ours = new Set<ObservableInstrument>()
    for (const observable of Array.isArray(observables) ? observables : []) {
      if (observable instanceof ObservableInstrument && observable.observer === this) ours.add(observable)
      else this.#warnOfForeign()
    }
    return ours
  }

  #warnOfForeign(): void {
    if (this.#warnedOfForeign) return
    this.#warnedOfForeign = true
    this.#options.warn(
      'a callback was registered for something that is no observable instrument of its meter, which is ignored: ' +
        'register it for instruments that the same MeterProvider made, of one copy of @tutti/aggregator.',
    )
  }

  #find(callback: AnyCallback, instruments: ReadonlySet<ObservableInstrument>, batch: boolean): number {
    return this.#registrations.findIndex(each => each.equals(callback, instruments, batch))
  }
}
