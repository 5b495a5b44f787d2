import type { RateLimit } from '../web-config/read-web-config.ts'

/** A token bucket: one request an interval, and a burst of them. */
export class TokenBucket {
  readonly #limit: RateLimit
  readonly #now: () => number
  #tokens: number
  #filledAt: number

  constructor(limit: RateLimit, now: () => number = () => performance.now()) {
    this.#limit = limit
    this.#now = now
    this.#tokens = limit.burst
    this.#filledAt = now()
  }

  take(): boolean {
    const { intervalMs, burst } = this.#limit
    const now = this.#now()
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#filledAt) / intervalMs)
    this.#filledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
