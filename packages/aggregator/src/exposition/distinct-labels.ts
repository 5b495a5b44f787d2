import type { Attributes } from '@opentelemetry/api'
import type { MergedSeries } from '../merge/merged-series.ts'
import type { MergedStream } from '../merge/merged-stream.ts'

/** The label that tells series apart whose labels are the same otherwise. */
export const DUPLICATE_LABEL = 'tutti_duplicate'

/** Writes labels. @param more beside those of the attributes. */
export type WriteLabels<Written> = (attributes: Attributes, more: Record<string, string>) => Written

/**
 * Writes the labels of one stream's series, each as nobody else's. Attributes that differ may become the same labels:
 * `{code: 200}` and `{code: '200'}`, `a.b` and `a_b`. Prometheus would take one of two equal samples and drop the
 * other one, so the second gets one more label.
 */
export class DistinctLabels<Written extends string | Uint8Array> {
  readonly #stream: MergedStream
  readonly #write: WriteLabels<Written>
  readonly #onDuplicate: () => void
  /** By a hash of the labels, or the next free number: who has them. */
  readonly #holders: Map<number, MergedSeries> = new Map()
  /** By who has the labels: the others, told apart by 2, 3, ... */
  readonly #duplicates: Map<MergedSeries, MergedSeries[]> = new Map()

  constructor(stream: MergedStream, write: WriteLabels<Written>, onDuplicate: () => void) {
    this.#stream = stream
    this.#write = write
    this.#onDuplicate = onDuplicate
  }

  /** The labels of a series that appeared. */
  of(series: MergedSeries): Written {
    if (this.#holders.size > 2 * this.#stream.series.length) this.#forgetGone()
    const written = this.#write(series.attributes, {})
    for (let at = hash(written); ; at++) {
      const holder = this.#holders.get(at)
      if (holder === undefined || holder.key === series.key) {
        this.#holders.set(at, series)
        return written
      }
      if (isSame(this.#write(holder.attributes, {}), written)) return this.#asDuplicate(series, holder)
    }
  }

  #asDuplicate(series: MergedSeries, holder: MergedSeries): Written {
    const others = this.#duplicates.get(holder) ?? []
    this.#duplicates.set(holder, others)
    const known = others.findIndex(each => each.key === series.key)
    const place = known < 0 ? others.length : known
    others[place] = series
    this.#onDuplicate()
    return this.#write(series.attributes, { [DUPLICATE_LABEL]: String(place + 2) })
  }

  #forgetGone(): void {
    const present = new Set(this.#stream.series)
    for (const [at, holder] of this.#holders) {
      if (present.has(holder)) continue
      this.#holders.delete(at)
      this.#duplicates.delete(holder)
    }
  }
}

function isSame(one: string | Uint8Array, other: string | Uint8Array): boolean {
  return typeof one === 'string' ? one === other : Buffer.compare(one, other as Uint8Array) === 0
}

/** Not by `node:zlib`, which the exposer would load, and take memory for, only for this. */
function hash(written: string | Uint8Array): number {
  let sum = 0
  if (typeof written === 'string')
    for (let at = 0; at < written.length; at++) sum = (Math.imul(sum, 31) + written.charCodeAt(at)) | 0
  else for (const byte of written) sum = (Math.imul(sum, 31) + byte) | 0
  return sum
}
