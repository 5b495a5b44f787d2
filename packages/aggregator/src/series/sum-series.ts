import type { CellRange } from '../segment/writer.ts'
import { type Measuring, type RecordingSeries, Series } from './series.ts'

/** A sum. One cell. */
export class SumSeries extends Series implements RecordingSeries {
  readonly #measuring: Measuring

  constructor(text: string, range: CellRange, measuring: Measuring) {
    super(text, range)
    this.#measuring = measuring
  }

  /** Adds a finite number; anything else, or one below the lowest, is ignored, counted and said once. */
  add(value: number): void {
    const { lowest, integer, reject, exemplars } = this.#measuring
    if (typeof value !== 'number' || !(value >= lowest && value <= Number.MAX_VALUE)) return reject(value)
    this.cells[this.slot] += integer ? Math.trunc(value) : value
    if (exemplars !== undefined) exemplars.offer(this, 0, value)
  }

  record(value: number): void {
    this.add(value)
  }
}
