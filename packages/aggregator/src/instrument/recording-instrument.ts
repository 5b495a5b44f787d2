import type { Attributes } from '@opentelemetry/api'
import type { Reject, Series } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundRecorder, SharedGauge, SharedHistogram } from './bound.ts'

/** Histogram and Gauge: the API in front of a table of series. */
export class RecordingInstrument implements SharedHistogram, SharedGauge {
  readonly #table: SeriesTable<Series & BoundRecorder>
  readonly #reject: Reject
  readonly #lowest: number

  /** @param lowest the smallest number that may be recorded. */
  constructor(table: SeriesTable<Series & BoundRecorder>, reject: Reject, lowest: number) {
    this.#table = table
    this.#reject = reject
    this.#lowest = lowest
  }

  record(value: number, attributes?: Attributes): void {
    // Before the series is looked for: what is not recorded must not make one.
    if (typeof value !== 'number' || !(value >= this.#lowest && value <= Number.MAX_VALUE))
      return this.#reject(value)
    try {
      this.#table.find(attributes).record(value)
    } catch (error) {
      // A getter or a `toJSON` of the caller's attributes threw.
      this.#reject(error)
    }
  }

  bind(attributes: Attributes): BoundRecorder {
    try {
      return this.#table.find(attributes)
    } catch (error) {
      this.#reject(error)
      return { record() {} }
    }
  }
}
