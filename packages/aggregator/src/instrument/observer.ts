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

  /** Calls every callback once and stores what they observe; what an asynchronous one observes, when it does. */
  observe(): void {
    const observation = ++this.#observation
    const registrations = [...this.#registrations]
    for (const registration of registrations) this.#run(registration, observation)
    for (const { instruments } of registrations) this.#settle(instruments, observation)
  }

  /** Waits for asynchronous callbacks, and gives up on those that take longer. Never rejects. */
  async settled(timeoutMs: number): Promise<void> {
    const calls = this.#registrations.flatMap(registration => {
      const { pending } = registration
      return pending === undefined ? [] : [{ registration, pending }]
    })
    if (calls.length === 0) return
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>(resolve => {
      timer = setTimeout(resolve, timeoutMs)
    })
    await Promise.race([Promise.all(calls.map(({ pending }) => pending.done)), timeout])
    clearTimeout(timer)
    for (const { registration, pending } of calls) {
      if (registration.pending === pending && pending.isOpen) this.#giveUp(registration, pending, timeoutMs)
    }
  }

  #run(registration: Registration, observation: number): void {
    if (registration.isDropped || this.#isBusy(registration)) return
    const call: Call = { beganMs: this.#options.now(), isOpen: true, done: Promise.resolve() }
    try {
      const result = registration.run(call, observation)
      if (typeof (result as PromiseLike<void> | undefined)?.then === 'function') {
        registration.pending = call
        call.done = this.#finish(registration, call, observation, result as PromiseLike<void>)
        return
      }
    } catch (error) {
      this.#fail(registration, error)
    }
    call.isOpen = false
  }

  /** Whether the last call has not settled yet. One that never will must not stop the callback for ever. */
  #isBusy(registration: Registration): boolean {
    const { pending } = registration
    if (pending === undefined) return false
    if (this.#options.now() - pending.beganMs < CALLBACK_TIMEOUT_MS) return true
    this.#giveUp(registration, pending, CALLBACK_TIMEOUT_MS)
    return false
  }

  #giveUp(registration: Registration, call: Call, timeoutMs: number): void {
    call.isOpen = false
    registration.pending = undefined
    this.#fail(registration, new Error(`did not settle within ${timeoutMs} ms`))
    this.#settle(registration.instruments, this.#observation)
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
  ): Promise<void> {
    try {
      await result
    } catch (error) {
      if (call.isOpen) this.#fail(registration, error)
    }
    // Removed, or given up on: then it is none of our business any more.
    if (!call.isOpen) return
    call.isOpen = false
    registration.pending = undefined
    this.#settle(registration.instruments, observation)
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
