const MINUTE_MS = 60_000

/** How many updates all metrics together may still take in this minute. */
export class UpdateBudget {
  perMinute: number
  #left: number
  #sinceMs: number
  readonly #now: () => number

  constructor(perMinute: number, now: () => number = () => performance.now()) {
    this.#now = now
    this.perMinute = perMinute
    this.#left = perMinute
    this.#sinceMs = now()
  }

  get isLimited(): boolean {
    return this.perMinute !== Number.POSITIVE_INFINITY
  }

  limit(perMinute: number): void {
    this.perMinute = perMinute
    this.#left = perMinute
    this.#sinceMs = this.#now()
  }

  /** The clock is looked at only when a minute's share is used up: until then nothing depends on it. */
  take(): boolean {
    if (this.#left === 0) {
      const now = this.#now()
      if (now - this.#sinceMs < MINUTE_MS) return false
      this.#sinceMs = now
      this.#left = this.perMinute
    }
    if (this.#left === 0) return false
    this.#left--
    return true
  }
}
