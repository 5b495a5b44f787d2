import type { CellRange } from '../segment/writer.ts'
import type { Buckets } from './buckets.ts'
import { type Reject, Series } from './series.ts'

/** A distribution over explicit buckets. Cells: a count for each bucket, then sum, min, max. */
export class HistogramSeries extends Series {
  readonly #reject: Reject
  readonly #integer: boolean
  readonly #buckets: Buckets

  constructor(text: string, range: CellRange, buckets: Buckets, integer: boolean, reject: Reject) {
    super(text, range)
    this.#buckets = buckets
    this.#integer = integer
    this.#reject = reject
  }

  /** Records a finite, non-negative number; anything else is ignored, counted and said once. */
  record(measured: number): void {
    if (typeof measured !== 'number' || !(measured >= 0 && measured < Number.POSITIVE_INFINITY)) {
      return this.#reject(measured)
    }
    const value = this.#integer ? Math.trunc(measured) : measured
    const { cells, slot } = this
    const buckets = this.#buckets
    const sum = slot + buckets.count
    // The bucket last: a reader that sees the measurement counted has its sum too, on machines that keep stores in order.
    cells[sum] += value
    if (value < cells[sum + 1]) cells[sum + 1] = value
    if (value > cells[sum + 2]) cells[sum + 2] = value
    cells[slot + buckets.indexOf(value)] += 1
  }
}
