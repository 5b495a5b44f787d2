import type { Attributes, Observable, ObservableCallback } from '@opentelemetry/api'
import { canonicalAttributes, OVERFLOW_TEXT } from '../series/attributes.ts'
import type { ObservedSeries } from '../series/observed-series.ts'
import type { Reject } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { InstrumentDefinition } from '../view/instrument.ts'
import type { Observer } from './observer.ts'

/** ObservableCounter, ObservableUpDownCounter and ObservableGauge. */
export class ObservableInstrument implements Observable {
  readonly observer: Observer
  readonly #tables: readonly SeriesTable<ObservedSeries>[]
  readonly #definition: InstrumentDefinition
  readonly #reject: Reject
  readonly #overflowed: () => void

  constructor(
    tables: readonly SeriesTable<ObservedSeries>[],
    definition: InstrumentDefinition,
    observer: Observer,
    { reject, overflowed }: { reject: Reject; overflowed: () => void },
  ) {
    this.observer = observer
    this.#tables = tables
    this.#definition = definition
    this.#reject = reject
    this.#overflowed = overflowed
  }

  get name(): string {
    return this.#definition.name
  }

  /** Whether a view drops it: then nobody needs to ask for its values. */
  get isDropped(): boolean {
    return this.#tables.length === 0
  }

  addCallback(callback: ObservableCallback): void {
    this.observer.add(callback, [this])
  }

  removeCallback(callback: ObservableCallback): void {
    this.observer.remove(callback, [this])
  }

  /** Stores what a callback observed. Never throws. */
  observe(value: number, attributes: Attributes, nowMs: number, observation: number): void {
    try {
      if (!Number.isFinite(value)) return this.#reject(value)
      const stored = this.#definition.integer ? Math.trunc(value) : value
      for (const table of this.#tables) {
        const series = table.find(attributes)
        const { type } = table.definition.aggregation
        if (series.text === OVERFLOW_TEXT) this.#overflowed()
        if (type !== 'sum' || !table.isShared(series))
          series.observe(stored, nowMs, observation, type === 'lastValue')
        else if (!series.gather(canonicalAttributes(attributes), stored, observation)) this.#reject(value)
      }
    } catch (error) {
      this.#reject(error)
    }
  }

  /**
   * Called when all callbacks are done: stores sums, and takes off the page what was not observed since
   * `observation`. A counter stays: its total is true for ever, and a sum over workers must not fall because one
   * of them stopped looking.
   */
  settle(observation: number): void {
    const isCounter = this.#definition.kind === 'OBSERVABLE_COUNTER'
    for (const table of this.#tables) {
      const stays = isCounter && table.definition.aggregation.type === 'sum'
      for (const series of table) series.settle(observation, stays)
    }
  }
}
