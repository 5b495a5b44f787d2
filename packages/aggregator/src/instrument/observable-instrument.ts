import type { Attributes, Observable, ObservableCallback } from '@opentelemetry/api'
import type { ObservedSeries } from '../series/observed-series.ts'
import type { Reject } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { Observer } from './observer.ts'

/** ObservableCounter, ObservableUpDownCounter and ObservableGauge. */
export class ObservableInstrument implements Observable {
  readonly #table: SeriesTable<ObservedSeries>
  readonly #observer: Observer
  readonly #reject: Reject
  readonly #timed: boolean
  readonly #monotonic: boolean

  constructor(table: SeriesTable<ObservedSeries>, observer: Observer, reject: Reject) {
    this.#table = table
    this.#observer = observer
    this.#reject = reject
    this.#timed = table.definition.kind === 'OBSERVABLE_GAUGE'
    this.#monotonic = table.definition.kind === 'OBSERVABLE_COUNTER'
  }

  addCallback(callback: ObservableCallback): void {
    this.#observer.add(callback, [this])
  }

  removeCallback(callback: ObservableCallback): void {
    this.#observer.remove(callback, [this])
  }

  /** Stores what a callback observed. Never throws. */
  observe(value: number, attributes: Attributes | undefined, nowMs: number, observation: number): void {
    try {
      if (!Number.isFinite(value)) return this.#reject(value)
      const stored = this.#table.definition.integer ? Math.trunc(value) : value
      this.#table.find(attributes).observe(stored, nowMs, observation, this.#timed)
    } catch (error) {
      this.#reject(error)
    }
  }

  /**
   * Takes off the page what was not observed since `observation`. A counter stays: its total is true for ever,
   * and a sum over workers must not fall because one of them stopped looking.
   */
  forgetBefore(observation: number): void {
    for (const series of this.#table) {
      series.settle()
      if (!this.#monotonic && series.observation < observation) series.forget()
    }
  }
}
