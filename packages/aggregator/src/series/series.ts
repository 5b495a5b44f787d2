import type { CellRange } from '../segment/writer.ts'

/**
 * One set of attributes of one instrument in this thread. The cells can move once: from private memory into the
 * segment, when it has room again.
 */
export class Series {
  /** The attributes as canonical JSON. */
  readonly text: string
  cells: Float64Array
  slot: number

  constructor(text: string, range: CellRange) {
    this.text = text
    this.cells = range.cells
    this.slot = range.slot
  }
}

/** A series that is written to directly: what `bind` gives out. `add` and `record` are the same. */
export interface RecordingSeries extends Series {
  add(value: number): void
  record(value: number): void
  /** See `OwnedSeries`. */
  replace(values?: ArrayLike<number>): void
}

/** Told of every measurement that can't be recorded. */
export type Reject = (value: unknown) => void
