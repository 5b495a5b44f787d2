import type { Attributes, Context } from '@opentelemetry/api'
import type { Measuring } from '../series/measuring.ts'
import type { RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundCounter, OwnedSeries, SharedCounter, SharedUpDownCounter } from './bound.ts'
import { withContext } from './with-context.ts'

/** Counter and UpDownCounter: the API in front of a table of series. */
export class AddingInstrument implements SharedCounter, SharedUpDownCounter {
  readonly #table: SeriesTable<RecordingSeries>
  readonly #measuring: Measuring

  constructor(table: SeriesTable<RecordingSeries>, measuring: Measuring) {
    this.#table = table
    this.#measuring = measuring
  }

  add(value: number, attributes?: Attributes, given?: Context): void {
    const measuring = this.#measuring
    // Before the series is looked for: what is not recorded must not make one.
    const isUsual = typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE
    if (!isUsual && !measuring.accepts(value)) return measuring.reject(value)
    try {
      if (given === undefined) this.#table.find(attributes).add(value)
      else this.#addWith(given, value, attributes)
    } catch (error) {
      // A getter or a `toJSON` of the caller's attributes threw.
      measuring.reject(error)
    }
  }

  /** Apart, because a function that makes closures takes longer also when it makes none. */
  #addWith(given: Context, value: number, attributes: Attributes | undefined): void {
    withContext(this.#measuring, given, () => this.#table.find(attributes, given).add(value))
  }

  bind(attributes: Attributes): BoundCounter {
    try {
      return this.#table.find(attributes)
    } catch (error) {
      this.#measuring.reject(error)
      return { add() {} }
    }
  }

  own(attributes: Attributes): OwnedSeries | undefined {
    try {
      return this.#table.owned(attributes)
    } catch (error) {
      this.#measuring.reject(error)
      return undefined
    }
  }
}
