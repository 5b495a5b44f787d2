import { OVERFLOW_TEXT } from '../series/attributes.ts'

/** What another merge, of more writers, decided: see {@link Admission}. */
export interface Decided {
  readonly limit: number | undefined
  isJoined(key: string): boolean
}

/**
 * Which series of a stream are shown on their own, and which are counted together because all writers together
 * have more than the limit (OpenTelemetry metrics SDK, cardinality limits). Where values are kept per worker the
 * limit holds for each worker number.
 *
 * The first ones that were made are shown, and whoever was counted together stays so for as long as anybody holds
 * it. So no series of a counter ever moves out of the overflow series, which would make that one fall. Every
 * reader comes to the same result, because entries say when they were made, by a clock that all writers share; a
 * reader that is already there never changes its mind. What is folded keeps the time, and what was counted
 * together is folded together.
 */
export class Admission {
  limit: number | undefined
  /** By worker number, or 0: how many series are shown on their own. */
  readonly #sizes: Map<number, number> = new Map()
  /** Series that are counted together, and how many segments hold each. */
  readonly #joined: Map<string, number> = new Map()
  readonly #loose: Set<string> = new Set()
  readonly #decided: Decided | undefined

  constructor(decided?: Decided) {
    this.#decided = decided
    this.limit = decided?.limit
  }

  /** How many different series are counted together. */
  get joinedCount(): number {
    return this.#joined.size
  }

  isJoined(key: string): boolean {
    return this.#joined.has(key)
  }

  /** How many more series may be shown on their own. */
  roomFor(group: number): number {
    return (this.limit ?? Number.POSITIVE_INFINITY) - 1 - (this.#sizes.get(group) ?? 0)
  }

  /** Whether a series that is not shown yet gets a place of its own. If so it has one from now on. */
  admit(key: string, text: string, group: number): boolean {
    if (text === OVERFLOW_TEXT) return true
    if (this.#joined.has(key) || this.#decided?.isJoined(key)) return false
    if (this.roomFor(group) < 1) return false
    this.#sizes.set(group, (this.#sizes.get(group) ?? 0) + 1)
    return true
  }

  /** A series that was shown on its own is no more. */
  leave(text: string, group: number): void {
    if (text !== OVERFLOW_TEXT) this.#sizes.set(group, this.#sizes.get(group)! - 1)
  }

  /** One more segment holds a series that is counted together. */
  join(key: string): void {
    this.#joined.set(key, (this.#joined.get(key) ?? 0) + 1)
  }

  /** One less holds it; {@link sweep} forgets what nobody holds any more. */
  part(key: string): void {
    const holders = this.#joined.get(key)! - 1
    this.#joined.set(key, holders)
    if (holders === 0) this.#loose.add(key)
  }

  sweep(): void {
    for (const key of this.#loose) if (this.#joined.get(key) === 0) this.#joined.delete(key)
    this.#loose.clear()
  }
}
