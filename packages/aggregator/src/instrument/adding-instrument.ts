import type { Attributes, Context } from '@opentelemetry/api'
import type { Measuring, RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundCounter, SharedCounter, SharedUpDownCounter } from './bound.ts'

/** Counter and UpDownCounter: the API in front of a table of series. */
export class AddingInstrument implements SharedCounter, SharedUpDownCounter {
  readonly #table: SeriesTable<RecordingSeries>
  readonly #measuring: Measuring

  constructor(table: SeriesTable<RecordingSeries>, measuring: Measuring) {
    this.#table = table
    this.#measuring = measuring
  }

  add(value: number, attributes?: Attributes, context?: Context): void {
    const { lowest, reject } = this.#measuring
    // Before the series is looked for: what is not recorded must not make one.
    if (typeof value !== 'number' || !(value >= lowest && value <= Number.MAX_VALUE)) return reject(value)
    try {
      this.#table.find(attributes, context).add(value)
    } catch (error) {
      // A getter or a `toJSON` of the caller's attributes threw.
      reject(error)
    }
  }

  bind(attributes: Attributes): BoundCounter {
    try {
      return this.#table.find(attributes)
    } catch (error) {
      this.#measuring.reject(error)
      return { add() {} }
    }
  }
}
