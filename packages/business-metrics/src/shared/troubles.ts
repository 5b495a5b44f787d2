/**
 * What went wrong inside, and was kept from the app:
 *
 * - `label.value` a value that the catalog does not list, or that is no text; it counts as `other`
 * - `label.missing` a label that was not given, or could not be read; it counts as `other`
 * - `label.identity` a value that looks like an id, an address or a token; it counts as `refused`
 * - `series.limit` a set of labels beyond a limit; its free labels count as `other`
 * - `value` a number that is not finite, negative where it can't be, or none at all; it does not count
 * - `callback` a function of the author's that threw, or never answered: one that observes, that classifies an error,
 *   that makes labels
 * - `provider` an instrument of the metrics SDK that threw
 * - `internal` a mistake of ours
 */
export type Trouble =
  | 'label.value'
  | 'label.missing'
  | 'label.identity'
  | 'series.limit'
  | 'value'
  | 'callback'
  | 'provider'
  | 'internal'

export interface Count {
  readonly attributes: Readonly<Record<string, string>>
  value: number
}

/** Kinds of trouble times metrics: more can't be told apart. */
const MAX_COUNTS = 5_000

/** Counts by labels; kept in memory and observed, so that what happened before the SDK was there is not lost. */
export class Tally {
  readonly #counts: Map<string, Count> = new Map()

  add(attributes: Readonly<Record<string, string>>): void {
    const key = Object.values(attributes).join('\0')
    const count = this.#counts.get(key)
    if (count !== undefined) count.value++
    else if (this.#counts.size < MAX_COUNTS) this.#counts.set(key, { attributes, value: 1 })
  }

  /** For tests. */
  get(attributes: Readonly<Record<string, string>>): number {
    return this.#counts.get(Object.values(attributes).join('\0'))?.value ?? 0
  }

  [Symbol.iterator](): Iterator<Count> {
    return this.#counts.values()
  }
}
