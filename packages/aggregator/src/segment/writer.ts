import { type Chunk, Chunks } from './chunks.ts'
import { type EntryFields, entryBytesOf, writeEntry } from './entry.ts'
import type { WriterIdentity } from './identity.ts'
import {
  CHUNK_KIND,
  ENTRY_KIND,
  FIRST_CELLS_PAGES,
  FIRST_ENTRIES_PAGES,
  HEADER,
  MAX_SEGMENT_BYTES,
  MAX_TEXT_BYTES,
  PAGE_BYTES,
  STATE,
} from './layout.ts'
import type { SegmentMemory } from './memory.ts'

/** Where a series' cells are: `cells[slot]` is the first. */
export interface CellRange {
  readonly cells: Float64Array
  readonly slot: number
}

/** Whose series it was, and since when: a ledger says so of those that it holds. */
export interface SeriesOrigin {
  readonly worker?: number
  /** Microseconds of the machine's monotonic clock. */
  readonly createdUs?: number
}

/** One moment by both clocks: what others tell by the monotonic one becomes a time for people. */
export interface Beginning {
  /** Microseconds of the machine's monotonic clock, which nobody sets. */
  readonly beganUs: number
  /** Milliseconds since the epoch. */
  readonly beganMs: number
}

/** One clock for all processes of a machine, which nobody sets back. */
function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}

/** Appends entries and hands out cells. One thread owns it; nothing in it waits or throws. */
export class SegmentWriter {
  readonly #memory: SegmentMemory
  readonly #header: { floats: Float64Array; words: Int32Array }
  /** The segment may have so many bytes; see {@link mayHold}. */
  limitBytes: number = MAX_SEGMENT_BYTES
  readonly #chunks: Chunks
  #entries: Chunk
  #cells: Chunk
  #instrumentCount = 0

  /** @param first the first {@link FIRST_BYTES} of the segment, with the identity written. */
  constructor(memory: SegmentMemory, first: ArrayBuffer) {
    this.#memory = memory
    this.#header = {
      floats: new Float64Array(first, 0, PAGE_BYTES / 8),
      words: new Int32Array(first, 0, PAGE_BYTES / 4),
    }
    this.tellBeginning({ beganUs: monotonicUs(), beganMs: Date.now() })
    this.#chunks = new Chunks(memory, this.#header.words)
    this.#entries = this.#chunks.add(CHUNK_KIND.entries, first, PAGE_BYTES, FIRST_ENTRIES_PAGES)
    const cellsAt = PAGE_BYTES * (1 + FIRST_ENTRIES_PAGES)
    this.#cells = this.#chunks.add(CHUNK_KIND.cells, first, cellsAt, FIRST_CELLS_PAGES)
  }

  get identity(): WriterIdentity {
    return this.#memory.identity
  }

  /**
   * Publishes an instrument's definition. Returns its number, or undefined when there is no room.
   * @param known the instrument's number, if this is another description of one that is published already.
   */
  defineInstrument(definitionText: string, known?: number): number | undefined {
    const number = known ?? this.#instrumentCount
    if (!this.#append(ENTRY_KIND.instrument, definitionText, { instrument: number })) return undefined
    if (known === undefined) this.#instrumentCount++
    return number
  }

  /**
   * Whether one more series keeps the segment below its limit. What must be there although it is above, a
   * definition or an overflow series, is not asked about.
   */
  mayHold(cellCount: number, textBytes: number): boolean {
    const cells = this.#cells.used + cellCount <= this.#cells.cells.length ? 0 : cellCount * 8
    const entryBytes = entryBytesOf(textBytes)
    const entries = this.#entries.used + entryBytes <= this.#entries.bytes.length ? 0 : entryBytes
    if (cells === 0 && entries === 0) return true
    const needed = Math.ceil(cells / PAGE_BYTES) + Math.ceil(entries / PAGE_BYTES)
    return (this.#chunks.pages + needed) * PAGE_BYTES <= this.limitBytes
  }

  /** Publishes text that is neither an instrument nor a series: the resource, or a folded segment's id. */
  note(kind: number, text: string): boolean {
    return this.#append(kind, text, {})
  }

  /**
   * Publishes a series whose cells begin with the values of `first`.
   * Returns undefined when there is no room, or the text is longer than {@link MAX_TEXT_BYTES}.
   */
  addSeries(
    instrument: number,
    attributesText: string,
    first: ArrayLike<number>,
    origin: SeriesOrigin = {},
  ): CellRange | undefined {
    return this.#addCells(ENTRY_KIND.series, instrument, attributesText, first, origin)
  }

  /** Publishes the place for a series' exemplars, as {@link addSeries} publishes that for its values. */
  addExemplars(
    instrument: number,
    attributesText: string,
    first: ArrayLike<number>,
    origin: SeriesOrigin = {},
  ): CellRange | undefined {
    return this.#addCells(ENTRY_KIND.exemplars, instrument, attributesText, first, origin)
  }

  #addCells(
    kind: number,
    instrument: number,
    attributesText: string,
    first: ArrayLike<number>,
    { worker = 0, createdUs = monotonicUs() }: SeriesOrigin,
  ): CellRange | undefined {
    const chunk = this.#cellsFor(first.length)
    if (chunk === undefined) return undefined
    const slot = chunk.used
    chunk.cells.set(first, slot)
    const where = { instrument, cellCount: first.length, chunk: chunk.row, slot, worker, createdUs }
    if (!this.#append(kind, attributesText, where)) return undefined
    chunk.used += first.length
    return { cells: chunk.cells, slot }
  }

  /** The writer's own figures: stored at every observation. */
  beat(nowMs: number, privateSeries: number): void {
    const { floats } = this.#header
    floats[HEADER.heartbeatMs / 8] = nowMs
    floats[HEADER.privateSeries / 8] = privateSeries
    this.#memory.flush()
  }

  /** When the writer began; a ledger: the first of those in it. */
  tellBeginning({ beganUs, beganMs }: Beginning): void {
    const { floats } = this.#header
    floats[HEADER.beganUs / 8] = beganUs
    floats[HEADER.beganMs / 8] = beganMs
  }

  /** Ledger: how many writers it holds the totals of. */
  tellFolded(ended: number, killed: number): void {
    const { floats } = this.#header
    floats[HEADER.foldedEnded / 8] = ended
    floats[HEADER.foldedKilled / 8] = killed
  }

  /** Says that the writer ended in order, and gives up its claim to be alive. */
  end(): void {
    Atomics.store(this.#header.words, HEADER.state / 4, STATE.ended)
    this.#memory.flush()
    this.#memory.end()
  }

  #append(kind: number, text: string, where: EntryFields): boolean {
    const textBytes = Buffer.byteLength(text)
    if (textBytes > MAX_TEXT_BYTES) return false
    const bytes = entryBytesOf(textBytes)
    const chunk = this.#entriesFor(bytes)
    if (chunk === undefined) return false
    writeEntry(chunk, kind, text, where)
    chunk.used += bytes
    return true
  }

  #entriesFor(bytes: number): Chunk | undefined {
    if (this.#entries.used + bytes <= this.#entries.bytes.length) return this.#entries
    const chunk = this.#chunks.grow(CHUNK_KIND.entries, this.#entries, bytes, this.limitBytes)
    if (chunk !== undefined) this.#entries = chunk
    return chunk
  }

  #cellsFor(count: number): Chunk | undefined {
    if (this.#cells.used + count <= this.#cells.cells.length) return this.#cells
    const chunk = this.#chunks.grow(CHUNK_KIND.cells, this.#cells, count * 8, this.limitBytes)
    if (chunk !== undefined) this.#cells = chunk
    return chunk
  }
}
