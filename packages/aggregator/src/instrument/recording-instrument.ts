import type { Attributes, Context } from '@opentelemetry/api'
import type { Measuring } from '../series/measuring.ts'
import type { RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundRecorder, OwnedSeries, SharedGauge, SharedHistogram } from './bound.ts'
import { withContext } from './with-context.ts'

/** Histogram and Gauge: the API in front of a table of series. */
export class RecordingInstrument implements SharedHistogram, SharedGauge {
  readonly #table: SeriesTable<RecordingSeries>
  readonly #measuring: Measuring

  constructor(table: SeriesTable<RecordingSeries>, measuring: Measuring) {
    this.#table = table
    this.#measuring = measuring
  }

  record(value: number, attributes?: Attributes, given?: Context): void {
    const measuring = this.#measuring
    // Before the series is looked for: what is not recorded must not make one.
    const isUsual = typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE
    if (!isUsual && !measuring.accepts(value)) return measuring.reject(value)
    try {
      if (given === undefined) this.#table.find(attributes).record(value)
      else this.#recordWith(given, value, attributes)
    } catch (error) {
      // A getter or a `toJSON` of the caller's attributes threw.
      measuring.reject(error)
    }
  }

  /** Apart, because a function that makes closures takes longer also when it makes none. */
  #recordWith(given: Context, value: number, attributes: Attributes | undefined): void {
    withContext(this.#measuring, given, () => this.#table.find(attributes, given).record(value))
  }

  bind(attributes: Attributes): BoundRecorder {
    try {
      return this.#table.find(attributes)
    } catch (error) {
      this.#measuring.reject(error)
      return { record() {} }
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
