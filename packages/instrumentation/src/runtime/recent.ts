/**
 * What was measured lately is what changed since a mark. Marks are made by the clock, not by who looks: upstream's
 * gauges begin anew with every look, so that a second reader a moment after the first sees next to nothing. A look
 * covers the last 15 to 30 seconds, so whoever looks every 15 seconds, as Prometheus does, misses nothing.
 */
export const MARK_INTERVAL_MS = 15_000

/** The mark to measure from: between one and two intervals old, or as old as this object if that is younger. */
export class RecentMark<Mark> {
  readonly #make: () => Mark
  readonly #now: () => number
  #older: Mark
  #newer: Mark
  #newerSinceMs: number

  /** @param now milliseconds of a clock that never goes back. */
  constructor(make: () => Mark, now: () => number = () => performance.now()) {
    this.#make = make
    this.#now = now
    this.#older = make()
    this.#newer = this.#older
    this.#newerSinceMs = now()
  }

  get(): Mark {
    const nowMs = this.#now()
    if (nowMs - this.#newerSinceMs >= MARK_INTERVAL_MS) {
      this.#older = this.#newer
      this.#newer = this.#make()
      this.#newerSinceMs = nowMs
    }
    return this.#older
  }
}

/** The same value for an interval: for what is dear to learn, or hardly ever changes. */
export function rarely<T>(learn: () => T, now: () => number = () => performance.now()): () => T {
  let known: { value: T; sinceMs: number } | undefined
  return () => {
    const nowMs = now()
    if (known === undefined || nowMs - known.sinceMs >= MARK_INTERVAL_MS)
      known = { value: learn(), sinceMs: nowMs }
    return known.value
  }
}
