import type { CellRange } from '../segment/writer.ts'
import type { Measuring } from './measuring.ts'
import { type RecordingSeries, Series } from './series.ts'

/** A sum. One cell. */
export class SumSeries extends Series implements RecordingSeries {
  readonly #measuring: Measuring

  constructor(text: string, range: CellRange, measuring: Measuring) {
    super(text, range)
    this.#measuring = measuring
  }

  /** Adds a finite number; anything else, or a negative one where the sum only grows, is ignored and counted. */
  add(value: number): void {
    const isUsual = typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE
    if (isUsual && this.#measuring.isPlain) this.cells[this.slot] += value
    else this.#addSpecially(value)
  }

  record(value: number): void {
    this.add(value)
  }

  replace(values?: ArrayLike<number>): void {
    const value = values === undefined ? Number.NaN : values[0]
    if (values === undefined || this.#measuring.accepts(value)) this.cells[this.slot] = value
  }

  #addSpecially(value: number): void {
    const measuring = this.#measuring
    if (!measuring.accepts(value)) return measuring.reject(value)
    this.cells[this.slot] += measuring.stored(value)
    measuring.exemplars?.offer(this, 0, value)
  }
}
