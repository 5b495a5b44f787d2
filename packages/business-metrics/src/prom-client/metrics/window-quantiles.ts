import tdigest from 'tdigest'

/**
 * Quantiles of what was pushed within the last `maxAgeSeconds`; without that, of everything. A ring of digests, each of
 * which began at another time: all are pushed to, the oldest one is read, and one that has become too old begins anew.
 */
export class WindowQuantiles {
  readonly #stepMs: number
  readonly #ring: InstanceType<typeof tdigest.TDigest>[]
  #oldest = 0
  #steppedMs: number = Date.now()

  constructor(maxAgeSeconds: number | undefined, ageBuckets: number | undefined) {
    const isWindow = Boolean(maxAgeSeconds) && Boolean(ageBuckets)
    this.#stepMs = isWindow ? (maxAgeSeconds! * 1000) / ageBuckets! : Number.POSITIVE_INFINITY
    this.#ring = Array.from({ length: isWindow ? ageBuckets! : 1 }, () => new tdigest.TDigest())
  }

  push(value: number): void {
    this.#step()
    for (const digest of this.#ring) digest.push(value)
  }

  /** Undefined: nothing is young enough. */
  percentile(quantile: number): number | undefined {
    this.#step()
    return this.#ring[this.#oldest].percentile(quantile)
  }

  get isEmpty(): boolean {
    this.#step()
    return this.#ring[this.#oldest].size() === 0
  }

  compress(): void {
    for (const digest of this.#ring) digest.compress()
  }

  reset(): void {
    for (const digest of this.#ring) digest.reset()
  }

  #step(): void {
    if (this.#stepMs === Number.POSITIVE_INFINITY) return
    const nowMs = Date.now()
    // After a long silence all of them are too old, however often they would have been due.
    const due = Math.floor((nowMs - this.#steppedMs) / this.#stepMs)
    if (due > this.#ring.length) this.#steppedMs += (due - this.#ring.length) * this.#stepMs
    while (nowMs - this.#steppedMs > this.#stepMs) {
      this.#ring[this.#oldest] = new tdigest.TDigest()
      this.#oldest = (this.#oldest + 1) % this.#ring.length
      this.#steppedMs += this.#stepMs
    }
  }
}
