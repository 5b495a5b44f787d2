import type { Attributes, Context } from '@opentelemetry/api'
import type { Measuring, RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundRecorder, SharedGauge, SharedHistogram } from './bound.ts'

/** Histogram and Gauge: the API in front of a table of series. */
export class RecordingInstrument implements SharedHistogram, SharedGauge {
  readonly #table: SeriesTable<RecordingSeries>
  readonly #measuring: Measuring

  constructor(table: SeriesTable<RecordingSeries>, measuring: Measuring) {
    this.#table = table
    this.#measuring = measuring
  }

  record(value: number, attributes?: Attributes, context?: Context): void {
    const { lowest, reject } = this.#measuring
    // Before the series is looked for: what is not recorded must not make one.
    if (typeof value !== 'number' || !(value >= lowest && value <= Number.MAX_VALUE)) return reject(value)
    try {
      this.#table.find(attributes, context).record(value)
    } catch (error) {
      // A getter or a `toJSON` of the caller's attributes threw.
      reject(error)
    }
  }

  bind(attributes: Attributes): BoundRecorder {
    try {
      return this.#table.find(attributes)
    } catch (error) {
      this.#measuring.reject(error)
      return { record() {} }
    }
  }
}
