import type { CellRange } from '../segment/writer.ts'
import { type Measuring, type RecordingSeries, Series } from './series.ts'

/** What was said last. Two cells: the value, and when. */
export class LastValueSeries extends Series implements RecordingSeries {
  readonly #measuring: Measuring

  constructor(text: string, range: CellRange, measuring: Measuring) {
    super(text, range)
    this.#measuring = measuring
  }

  /** Sets a finite number; anything else, or one below the lowest, is ignored, counted and said once. */
  record(value: number): void {
    const { lowest, integer, reject, now, exemplars } = this.#measuring
    if (typeof value !== 'number' || !(value >= lowest && value <= Number.MAX_VALUE)) return reject(value)
    const { cells, slot } = this
    cells[slot + 1] = now()
    cells[slot] = integer ? Math.trunc(value) : value
    if (exemplars !== undefined) exemplars.offer(this, 0, value)
  }

  add(value: number): void {
    this.record(value)
  }
}
