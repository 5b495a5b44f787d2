import type { Labels } from '../series/label-rules.ts'
import { Series } from '../series/series.ts'
import { WindowQuantiles } from './window-quantiles.ts'

export interface SummaryOptions {
  readonly maxAgeSeconds: number | undefined
  readonly ageBuckets: number | undefined
  readonly compressCount: number
}

export class SummarySeries extends Series {
  readonly quantiles: WindowQuantiles
  count: number = 0
  sum: number = 0
  readonly #compressCount: number

  constructor(labels: Labels, { maxAgeSeconds, ageBuckets, compressCount }: SummaryOptions) {
    super(labels)
    this.quantiles = new WindowQuantiles(maxAgeSeconds, ageBuckets)
    this.#compressCount = compressCount
  }

  /** @param value finite. */
  observe(value: number): void {
    this.quantiles.push(value)
    this.count++
    if (this.count % this.#compressCount === 0) this.quantiles.compress()
    this.sum += value
    this.share.record(value)
  }

  /** One for each of them; 0 where there is nothing to tell. */
  percentiles(of: readonly number[]): number[] {
    this.quantiles.compress()
    return of.map(percentile => this.quantiles.percentile(percentile) || 0)
  }

  clear(): void {
    this.quantiles.reset()
    this.count = 0
    this.sum = 0
  }

  values(): ArrayLike<number> {
    return [this.count, this.sum]
  }
}
