import type { Attributes } from '@opentelemetry/api'

/** One series of all writers together. */
export interface MergedSeries {
  /** Canonical JSON of the attributes; where values are kept per worker, with the number behind it. */
  readonly key: string
  /** The attributes as canonical JSON. */
  readonly text: string
  readonly attributes: Attributes
  /** Whose it is, where values are kept per worker; else 0. */
  readonly worker: number
  /** When the first writer made it, microseconds of the machine's monotonic clock. */
  createdUs: number
}

/**
 * The series of one stream, each at an index that it keeps for as long as any segment holds it; then the index is
 * given to another one.
 */
export class SeriesList {
  /** By index; undefined where a series is no more. */
  readonly series: (MergedSeries | undefined)[] = []
  /** Raised whenever a series appears or goes. */
  version = 0
  readonly #indexes: Map<string, number> = new Map()
  /** How many segments hold the series of an index. */
  readonly #holders: number[] = []
  readonly #free: number[] = []
  /** What nobody held at some moment since the last sweep. */
  readonly #loose: Set<number> = new Set()

  get isEmpty(): boolean {
    return this.#indexes.size === 0
  }

  has(key: string): boolean {
    return this.#indexes.has(key)
  }

  indexOf(key: string): number | undefined {
    return this.#indexes.get(key)
  }

  /** Gives a series its index. Nobody holds it yet. */
  appear(series: Omit<MergedSeries, 'createdUs'>): number {
    const index = this.#free.pop() ?? this.series.length
    this.series[index] = { ...series, createdUs: Number.POSITIVE_INFINITY }
    this.#indexes.set(series.key, index)
    this.#holders[index] = 0
    this.version++
    return index
  }

  /** One more segment holds it. */
  hold(index: number): void {
    this.#holders[index]++
  }

  /** One less holds it; if that was the last one it goes with {@link sweep}, unless another one comes before. */
  release(index: number): void {
    if (--this.#holders[index] === 0) this.#loose.add(index)
  }

  /** @param gone told of every series that is no more. */
  sweep(gone: (series: MergedSeries) => void): void {
    for (const index of this.#loose) {
      const series = this.series[index]
      if (series === undefined || this.#holders[index] > 0) continue
      this.#indexes.delete(series.key)
      this.series[index] = undefined
      this.#free.push(index)
      this.version++
      gone(series)
    }
    this.#loose.clear()
  }
}
