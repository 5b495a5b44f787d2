import { firstCells } from '../segment/aggregation.ts'
import { exemplarCellCount } from '../segment/exemplar-cells.ts'
import { MAX_TEXT_BYTES } from '../segment/layout.ts'
import { isObservable, type StreamDefinition } from '../segment/stream.ts'
import type { CellRange, SegmentWriter } from '../segment/writer.ts'
import type { Series } from './series.ts'
import type { Obstacle } from './series-table.ts'

/**
 * One instrument in the segment. While the segment has no room, its series live in private memory: nothing
 * recorded is lost, and `settle` moves them when there is room.
 */
export class Stream {
  definition: StreamDefinition
  readonly #writer: SegmentWriter
  readonly #first: Float64Array
  readonly #homeless: Set<Series> = new Set()
  #number: number | undefined

  constructor(writer: SegmentWriter, definition: StreamDefinition) {
    this.definition = definition
    this.#writer = writer
    this.#first = firstCells(definition.aggregation, isObservable(definition.kind))
  }

  /** Series that are kept in private memory. */
  get homelessCount(): number {
    return this.#homeless.size
  }

  /** Gives the instrument another description; what is in the segment already is said again. */
  describe(description: string): void {
    this.definition = { ...this.definition, description }
    if (this.#number !== undefined)
      this.#writer.defineInstrument(JSON.stringify(this.definition), this.#number)
  }

  /** What keeps a series from a place of its own, if anything does. */
  obstacleFor(text: string): Obstacle | undefined {
    const textBytes = Buffer.byteLength(text)
    if (textBytes > MAX_TEXT_BYTES) return 'attributeBytes'
    return this.#writer.mayHold(this.#first.length, textBytes) ? undefined : 'segmentBytes'
  }

  /** Makes a series with cells in the segment, or in private memory until there is room. */
  place<S extends Series>(text: string, create: (text: string, range: CellRange) => S): S {
    const range = this.#publish(text, this.#first)
    const series = create(text, range ?? { cells: this.#first.slice(), slot: 0 })
    if (range === undefined) this.#homeless.add(series)
    return series
  }

  /** Tries again to give every series its place in the segment, with the values it has by now. */
  settle(): void {
    for (const series of this.#homeless) {
      const range = this.#publish(series.text, series.cells)
      if (range === undefined) return
      series.cells = range.cells
      series.slot = range.slot
      this.#homeless.delete(series)
    }
  }

  /** Cells for a series' exemplars, or undefined when there is no room: exemplars are not worth private memory. */
  placeExemplars(series: Series): CellRange | undefined {
    // Readers look for the series of exemplars once: its entry has to come before theirs.
    if (this.#number === undefined || this.#homeless.has(series)) return undefined
    const first = new Float64Array(exemplarCellCount(this.definition.aggregation))
    if (!this.#writer.mayHold(first.length, Buffer.byteLength(series.text))) return undefined
    return this.#writer.addExemplars(this.#number, series.text, first)
  }

  #publish(text: string, cells: ArrayLike<number>): CellRange | undefined {
    this.#number ??= this.#writer.defineInstrument(JSON.stringify(this.definition))
    return this.#number === undefined ? undefined : this.#writer.addSeries(this.#number, text, cells)
  }
}
