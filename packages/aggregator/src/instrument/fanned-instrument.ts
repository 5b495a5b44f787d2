import type { Attributes, Context } from '@opentelemetry/api'
import type { Measuring, RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundCounter, BoundRecorder, SharedCounter, SharedGauge, SharedHistogram } from './bound.ts'

/** A synchronous instrument that views lead to several streams, or to none: then it records nothing. */
export class FannedInstrument implements SharedCounter, SharedHistogram, SharedGauge {
  readonly #tables: readonly SeriesTable<RecordingSeries>[]
  readonly #measuring: Measuring

  constructor(tables: readonly SeriesTable<RecordingSeries>[], measuring: Measuring) {
    this.#tables = tables
    this.#measuring = measuring
  }

  add(value: number, attributes?: Attributes, context?: Context): void {
    const { lowest, reject } = this.#measuring
    // Here and not in each series: what is rejected is one measurement.
    if (typeof value !== 'number' || !(value >= lowest && value <= Number.MAX_VALUE)) return reject(value)
    try {
      for (const table of this.#tables) table.find(attributes, context).record(value)
    } catch (error) {
      reject(error)
    }
  }

  record(value: number, attributes?: Attributes, context?: Context): void {
    this.add(value, attributes, context)
  }

  bind(attributes: Attributes): BoundCounter & BoundRecorder {
    let series: RecordingSeries[] = []
    try {
      series = this.#tables.map(table => table.find(attributes))
    } catch (error) {
      this.#measuring.reject(error)
    }
    const { lowest, reject } = this.#measuring
    const record = (value: number): void => {
      if (typeof value !== 'number' || !(value >= lowest && value <= Number.MAX_VALUE)) return reject(value)
      for (const each of series) each.record(value)
    }
    return { add: record, record }
  }
}
