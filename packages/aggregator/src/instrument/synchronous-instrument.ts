import type { Attributes } from '@opentelemetry/api'
import type { Measuring } from '../series/measuring.ts'
import type { RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import type { BoundCounter, BoundRecorder, OwnedSeries } from './bound.ts'

const NOTHING: BoundCounter & BoundRecorder = { add() {}, record() {} }

/** What counters, gauges and histograms have in common: the API in front of a table of series. */
export class SynchronousInstrument {
  protected readonly table: SeriesTable<RecordingSeries>
  protected readonly measuring: Measuring

  constructor(table: SeriesTable<RecordingSeries>, measuring: Measuring) {
    this.table = table
    this.measuring = measuring
  }

  bind(attributes: Attributes): BoundCounter & BoundRecorder {
    try {
      return this.table.find(attributes)
    } catch (error) {
      this.measuring.reject(error)
      return NOTHING
    }
  }

  own(attributes: Attributes): OwnedSeries | undefined {
    try {
      return this.table.owned(attributes)
    } catch (error) {
      this.measuring.reject(error)
      return undefined
    }
  }
}
