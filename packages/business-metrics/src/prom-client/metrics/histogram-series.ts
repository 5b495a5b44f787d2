import type { Labels } from '../series/label-rules.ts'
import { Series } from '../series/series.ts'
import type { Exemplar } from './reading.ts'

export class HistogramSeries extends Series {
  /** How many values were in each bucket, the one above all bounds last; then their sum. */
  readonly cells: Float64Array
  readonly #bounds: Float64Array
  /** By bucket. */
  exemplars: (Exemplar | undefined)[] | undefined

  /** @param bounds upper ones; the last is infinite. */
  constructor(labels: Labels, bounds: Float64Array) {
    super(labels)
    this.#bounds = bounds
    this.cells = new Float64Array(bounds.length + 1)
  }

  /** @param value finite. */
  observe(value: number): void {
    const { cells } = this
    cells[this.bucketOf(value)] += 1
    cells[this.#bounds.length] += value
    this.share.record(value)
  }

  bucketOf(value: number): number {
    const bounds = this.#bounds
    let bucket = 0
    while (value > bounds[bucket]) bucket++
    return bucket
  }

  clear(): void {
    this.cells.fill(0)
    this.exemplars = undefined
  }

  values(): ArrayLike<number> {
    return this.cells
  }
}
