import type { CellRange } from '../segment/writer.ts'
import type { Buckets } from './buckets.ts'
import type { Measuring } from './measuring.ts'
import { type RecordingSeries, Series } from './series.ts'

/** A distribution over explicit buckets. Cells: a count for each bucket, then sum, min, max. */
export class ExplicitSeries extends Series implements RecordingSeries {
  readonly #measuring: Measuring
  readonly #buckets: Buckets

  constructor(text: string, range: CellRange, buckets: Buckets, measuring: Measuring) {
    super(text, range)
    this.#buckets = buckets
    this.#measuring = measuring
  }

  /** Records a finite number; anything else, or a negative one where it has no meaning, is ignored and counted. */
  record(value: number): void {
    const isUsual = typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE
    if (isUsual && this.#measuring.isPlain) this.#count(value)
    else this.#recordSpecially(value)
  }

  add(value: number): void {
    this.record(value)
  }

  replace(values?: ArrayLike<number>): void {
    const { cells, slot } = this
    const { count } = this.#buckets
    if (values === undefined) cells.fill(0, slot, slot + count + 1)
    else if (values.length === count + 1 && Number.isFinite(values[count])) cells.set(values, slot)
    else return
    // Nobody knows them any more, and no page shows them.
    cells[slot + count + 1] = Number.POSITIVE_INFINITY
    cells[slot + count + 2] = Number.NEGATIVE_INFINITY
  }

  /** The bucket last: a reader that sees the measurement counted has its sum too, where stores are kept in order. */
  #count(value: number): number {
    const { cells, slot } = this
    const buckets = this.#buckets
    const sum = slot + buckets.count
    cells[sum] += value
    if (value < cells[sum + 1]) cells[sum + 1] = value
    if (value > cells[sum + 2]) cells[sum + 2] = value
    const bucket = buckets.indexOf(value)
    cells[slot + bucket] += 1
    return bucket
  }

  #recordSpecially(value: number): void {
    const measuring = this.#measuring
    if (!measuring.accepts(value)) return measuring.reject(value)
    const bucket = this.#count(measuring.stored(value))
    measuring.exemplars?.offer(this, bucket, value)
  }
}
