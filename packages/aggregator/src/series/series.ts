import type { CellRange } from '../segment/writer.ts'

/**
 * One set of attributes of one instrument in this thread. Subclasses record; an instance is the bound handle
 * that `bind` gives out. The cells can move once: from private memory into the segment, when it has room again.
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

/** Told of every measurement that is no number, not finite, or negative where that has no meaning. */
export type Reject = (value: unknown) => void
