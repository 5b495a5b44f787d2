import type { CellRange } from '../segment/writer.ts'
import type { Measuring } from './measuring.ts'
import { type RecordingSeries, Series } from './series.ts'

/** What was said last. Two cells: the value, and when. */
export class LastValueSeries extends Series implements RecordingSeries {
  readonly #measuring: Measuring

  constructor(text: string, range: CellRange, measuring: Measuring) {
    super(text, range)
    this.#measuring = measuring
  }

  /** Sets a finite number; anything else is ignored and counted. */
  record(value: number): void {
    const measuring = this.#measuring
    if (!measuring.accepts(value)) return measuring.reject(value)
    const { cells, slot } = this
    cells[slot + 1] = measuring.now()
    cells[slot] = measuring.stored(value)
    measuring.exemplars?.offer(this, 0, value)
  }

  replace(values?: ArrayLike<number>): void {
    if (values === undefined) this.cells[this.slot] = Number.NaN
    else this.record(values[0])
  }

  add(value: number): void {
    this.record(value)
  }
}
