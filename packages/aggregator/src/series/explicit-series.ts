import type { CellRange } from '../segment/writer.ts'
import type { Buckets } from './buckets.ts'
import { type Measuring, type RecordingSeries, Series } from './series.ts'

/** A distribution over explicit buckets. Cells: a count for each bucket, then sum, min, max. */
export class ExplicitSeries extends Series implements RecordingSeries {
  readonly #measuring: Measuring
  readonly #buckets: Buckets

  constructor(text: string, range: CellRange, buckets: Buckets, measuring: Measuring) {
    super(text, range)
    this.#buckets = buckets
    this.#measuring = measuring
  }

  /** Records a finite number; anything else, or one below the lowest, is ignored, counted and said once. */
  record(measured: number): void {
    const { lowest, integer, reject, exemplars } = this.#measuring
    if (typeof measured !== 'number' || !(measured >= lowest && measured <= Number.MAX_VALUE))
      return reject(measured)
    const value = integer ? Math.trunc(measured) : measured
    const { cells, slot } = this
    const buckets = this.#buckets
    const sum = slot + buckets.count
    // The bucket last: a reader that sees the measurement counted has its sum too, on machines that keep stores in order.
    cells[sum] += value
    if (value < cells[sum + 1]) cells[sum + 1] = value
    if (value > cells[sum + 2]) cells[sum + 2] = value
    const bucket = buckets.indexOf(value)
    cells[slot + bucket] += 1
    if (exemplars !== undefined) exemplars.offer(this, bucket, value)
  }

  add(value: number): void {
    this.record(value)
  }
}
