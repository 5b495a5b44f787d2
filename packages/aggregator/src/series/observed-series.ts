import { Series } from './series.ts'

/** Sets of attributes that may be summed in one series: an app that makes up new ones for ever must not fill memory. */
const MAX_PARTS = 10_000

/**
 * What a callback observed. One cell, the value; a gauge has a second one, when. NaN stands for "not observed in
 * the last observation", and such a series is not on the page.
 *
 * Where several sets of attributes share the series of a sum (a view took away what told them apart, or they are
 * beyond the cardinality limit) it is the sum of what was observed of each.
 */
export class ObservedSeries extends Series {
  /** The observation that saw it last. */
  #observation = 0
  #parts: Map<string, { value: number; observation: number }> | undefined

  observe(value: number, nowMs: number, observation: number, timed: boolean): void {
    const { cells, slot } = this
    if (timed) cells[slot + 1] = nowMs
    cells[slot] = value
    this.#observation = observation
  }

  /**
   * Keeps one part of a sum, which {@link settle} stores: half of a sum must not be seen. Returns false when there
   * are too many.
   * @param text the attributes of the part, as canonical JSON: observed again, they replace what they said before.
   */
  gather(text: string, value: number, observation: number): boolean {
    this.#parts ??= new Map()
    if (this.#parts.size >= MAX_PARTS && !this.#parts.has(text)) return false
    this.#parts.set(text, { value, observation })
    return true
  }

  /** Stores a sum of parts, and takes off the page what was not observed since `observation`, unless it `stays`. */
  settle(observation: number, stays: boolean): void {
    if (this.#parts === undefined) {
      if (!stays && this.#observation < observation) this.cells[this.slot] = Number.NaN
      return
    }
    let sum = Number.NaN
    for (const [text, part] of this.#parts) {
      if (!stays && part.observation < observation) this.#parts.delete(text)
      else sum = Number.isNaN(sum) ? part.value : sum + part.value
    }
    this.cells[this.slot] = sum
  }
}
