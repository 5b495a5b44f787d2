import type { Attributes, Context } from '@opentelemetry/api'
import type { Measuring } from '../series/measuring.ts'
import type { RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundCounter, BoundRecorder, SharedCounter, SharedGauge, SharedHistogram } from './bound.ts'
import { withContext } from './with-context.ts'

/** A stream that a synchronous instrument leads to. */
export class Way {
  readonly table: SeriesTable<RecordingSeries>
  readonly measuring: Measuring

  constructor(table: SeriesTable<RecordingSeries>, measuring: Measuring) {
    this.table = table
    this.measuring = measuring
  }

  describe(description: string): void {
    this.table.describe(description)
  }
}

/** A synchronous instrument that views lead to several streams, or to none: then it records nothing. */
export class FannedInstrument implements SharedCounter, SharedHistogram, SharedGauge {
  readonly #ways: readonly Way[]

  constructor(ways: readonly Way[]) {
    this.#ways = ways
  }

  add(value: number, attributes?: Attributes, given?: Context): void {
    if (!accepts(this.#ways, value)) return
    for (const { table, measuring } of this.#ways) {
      try {
        if (given === undefined) table.find(attributes).record(value)
        else withContext(measuring, given, () => table.find(attributes, given).record(value))
      } catch (error) {
        measuring.reject(error)
      }
    }
  }

  record(value: number, attributes?: Attributes, given?: Context): void {
    this.add(value, attributes, given)
  }

  bind(attributes: Attributes): BoundCounter & BoundRecorder {
    const series = this.#ways.flatMap(({ table, measuring }) => {
      try {
        return [table.find(attributes)]
      } catch (error) {
        measuring.reject(error)
        return []
      }
    })
    const record = (value: number): void => {
      if (accepts(this.#ways, value)) for (const each of series) each.record(value)
    }
    return { add: record, record }
  }

  own(): undefined {}
}

/** Once and not in each series: what is rejected is one measurement. */
function accepts([first]: readonly Way[], value: unknown): boolean {
  if (first === undefined || first.measuring.accepts(value)) return true
  first.measuring.reject(value)
  return false
}
