import type { Share } from '../series/series.ts'

/** Sum and count at once; quantiles, which take a while to work out, when they are looked at. */
export class SummaryShare implements Share {
  readonly #count: Share
  readonly #sum: Share
  readonly #quantiles: readonly Share[]
  readonly #read: () => number[]

  constructor(count: Share, sum: Share, quantiles: readonly Share[], read: () => number[]) {
    this.#count = count
    this.#sum = sum
    this.#quantiles = quantiles
    this.#read = read
  }

  record(value: number): void {
    this.#count.add(1)
    this.#sum.add(value)
  }

  add(value: number): void {
    this.record(value)
  }

  replace(values?: ArrayLike<number>): void {
    this.#count.replace(values && [values[0]])
    this.#sum.replace(values && [values[1]])
    const quantiles = values && this.#read()
    this.#quantiles.forEach((share, index) => {
      share.replace(quantiles && [quantiles[index]])
    })
  }
}
