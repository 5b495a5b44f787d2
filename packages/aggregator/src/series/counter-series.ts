import type { CellRange } from '../segment/writer.ts'
import { type Reject, Series } from './series.ts'

/** A sum that only grows. One cell: the sum. */
export class CounterSeries extends Series {
  readonly #reject: Reject
  readonly #integer: boolean

  constructor(text: string, range: CellRange, integer: boolean, reject: Reject) {
    super(text, range)
    this.#integer = integer
    this.#reject = reject
  }

  /** Adds a finite, non-negative number; anything else is ignored, counted and said once. */
  add(value: number): void {
    if (typeof value !== 'number' || !(value >= 0 && value < Number.POSITIVE_INFINITY))
      return this.#reject(value)
    this.cells[this.slot] += this.#integer ? Math.trunc(value) : value
  }
}

/** A sum that may fall. One cell: the sum. */
export class UpDownCounterSeries extends Series {
  readonly #reject: Reject
  readonly #integer: boolean

  constructor(text: string, range: CellRange, integer: boolean, reject: Reject) {
    super(text, range)
    this.#integer = integer
    this.#reject = reject
  }

  /** Adds a finite number; anything else is ignored, counted and said once. */
  add(value: number): void {
    if (!Number.isFinite(value)) return this.#reject(value)
    this.cells[this.slot] += this.#integer ? Math.trunc(value) : value
  }
}
