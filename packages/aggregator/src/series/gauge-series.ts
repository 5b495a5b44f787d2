import type { CellRange } from '../segment/writer.ts'
import { type Reject, Series } from './series.ts'

/** What was said last. Two cells: the value, and when. */
export class GaugeSeries extends Series {
  readonly #reject: Reject
  readonly #integer: boolean
  readonly #now: () => number

  constructor(text: string, range: CellRange, integer: boolean, reject: Reject, now: () => number) {
    super(text, range)
    this.#integer = integer
    this.#reject = reject
    this.#now = now
  }

  /** Sets a finite number; anything else is ignored, counted and said once. */
  record(value: number): void {
    if (!Number.isFinite(value)) return this.#reject(value)
    const { cells, slot } = this
    cells[slot + 1] = this.#now()
    cells[slot] = this.#integer ? Math.trunc(value) : value
  }
}
