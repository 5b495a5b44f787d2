import { readSync } from 'node:fs'
import { MAX_WORKERS } from '../directory/files.ts'
import { cellCount } from '../segment/aggregation.ts'
import { crc32 } from '../segment/crc32.ts'
import { exemplarCellCount } from '../segment/exemplar-cells.ts'
import { ENTRY, ENTRY_KIND, MAX_TEXT_BYTES } from '../segment/layout.ts'
import { ledgerCellCount } from '../segment/merge-policy.ts'
import { parseDefinition, type StreamDefinition, streamIdentity } from '../segment/stream.ts'

/** One series of a segment. */
export interface SeriesEntry {
  /** The number of its instrument in this segment. */
  readonly instrument: number
  /** The attributes as canonical JSON. Whoever merges puts the same text of another segment here. */
  text: string
  /** Index of its first cell in the segment's cells. */
  readonly slot: number
  readonly cellCount: number
  /** Ledger: the number of the worker whose value it is, where values are kept per worker. */
  readonly worker: number
  /** When it was made, microseconds of the machine's monotonic clock. */
  readonly createdUs: number
}

/** What an {@link EntryReader} fills in: the reader of the whole segment. */
interface Segment {
  readonly fd: number
  readonly definitions: (StreamDefinition | undefined)[]
  readonly series: SeriesEntry[]
  readonly exemplars: SeriesEntry[]
  readonly folded: Set<string>
  resourceText: string | undefined
  placeCells(row: number, slot: number, cellCount: number): number
}

/** An entry is at most this long, so a block of twice this size always holds a whole one. */
const MAX_ENTRY_BYTES = ENTRY.text + MAX_TEXT_BYTES
const BLOCK_BYTES = 2 * MAX_ENTRY_BYTES
const MAX_INSTRUMENTS = 65_536

/** Follows the entries of one segment: reads what was published since the last time. */
export class EntryReader {
  readonly #segment: Segment
  readonly #chunks: { offsetBytes: number; bytes: number }[] = []
  /** By instrument. */
  readonly #cellCounts: CellCounts[] = []
  readonly #isLedger: boolean
  /** The chunk being read, and how far. */
  #chunk = 0
  #position = 0
  /** In a chunk that is done with. */
  #lasting: string | undefined
  /** Where entries end that can't be read, as of the last time. What comes behind in the same chunk is not known. */
  damage: string | undefined

  constructor(segment: Segment, role: 'segment' | 'ledger') {
    this.#segment = segment
    this.#isLedger = role === 'ledger'
  }

  addChunk(offsetBytes: number, bytes: number): void {
    this.#chunks.push({ offsetBytes, bytes })
  }

  readNew(): void {
    this.damage = this.#lasting
    while (this.#chunk < this.#chunks.length) {
      this.#readChunk(this.#chunks[this.#chunk])
      // A writer opens a chunk only when it is done with the one before.
      if (this.#chunk === this.#chunks.length - 1) return
      this.#lasting = this.damage
      this.#chunk++
      this.#position = 0
    }
  }

  /** Looks at the next entry's head first: most of the time there is none, and the chunk may be long. */
  #readChunk(chunk: { offsetBytes: number; bytes: number }): void {
    const { fd } = this.#segment
    while (this.#position + ENTRY.text <= chunk.bytes) {
      if (readSync(fd, HEAD, 0, 4, chunk.offsetBytes + this.#position) < 4 || HEAD.readUInt32LE(0) === 0)
        return
      const wanted = Math.min(BLOCK_BYTES, chunk.bytes - this.#position)
      const got = readSync(fd, BLOCK, 0, wanted, chunk.offsetBytes + this.#position)
      const taken = this.#readBlock(BLOCK.subarray(0, got))
      if (taken === 0) {
        this.damage ??= `an entry at byte ${chunk.offsetBytes + this.#position} is damaged`
        return
      }
      this.#position += taken
    }
  }

  /** Returns how many bytes of whole, valid entries the block began with. */
  #readBlock(block: Buffer): number {
    let at = 0
    while (at + ENTRY.text <= block.length) {
      const end = at + block.readUInt32LE(at + ENTRY.bytes)
      if (end < at + ENTRY.text || end > block.length || end % 8 !== 0) break
      if (crc32(block.subarray(at + ENTRY.kind, end)) !== block.readUInt32LE(at + ENTRY.checksum)) break
      this.#take(block, at, end)
      at = end
    }
    return at
  }

  #take(block: Buffer, at: number, end: number): void {
    const textEnd = at + ENTRY.text + block.readUInt32LE(at + ENTRY.textBytes)
    if (textEnd > end) return
    const text = block.toString('utf8', at + ENTRY.text, textEnd)
    const segment = this.#segment
    switch (block.readUInt16LE(at + ENTRY.kind)) {
      case ENTRY_KIND.instrument:
        return this.#takeInstrument(block.readUInt32LE(at + ENTRY.instrument), text)
      case ENTRY_KIND.series:
        return this.#takeSeries(block, at, text)
      case ENTRY_KIND.exemplars:
        return this.#takeExemplars(block, at, text)
      case ENTRY_KIND.resource:
        segment.resourceText = text
        return
      case ENTRY_KIND.folded:
        segment.folded.add(text)
    }
  }

  #takeInstrument(number: number, text: string): void {
    if (number >= MAX_INSTRUMENTS) return
    const definition = parseDefinition(text)
    if (definition === undefined) return
    const before = this.#segment.definitions[number]
    // Said again, with another description. Nothing else may change: series were read by what was said first.
    if (before !== undefined && streamIdentity(definition) !== streamIdentity(before)) return
    this.#segment.definitions[number] = definition
    const { aggregation } = definition
    const cells = this.#isLedger ? ledgerCellCount(definition) : cellCount(aggregation)
    this.#cellCounts[number] = [cells, exemplarCellCount(aggregation)]
  }

  #takeSeries(block: Buffer, at: number, text: string): void {
    const entry = this.#placed(block, at, text, 0)
    if (entry !== undefined) this.#segment.series.push(entry)
  }

  #takeExemplars(block: Buffer, at: number, text: string): void {
    const entry = this.#placed(block, at, text, 1)
    if (entry !== undefined) this.#segment.exemplars.push(entry)
  }

  /** Cells that an entry points to, if they are as many as its instrument has and lie within the segment. */
  #placed(block: Buffer, at: number, text: string, which: 0 | 1): SeriesEntry | undefined {
    const instrument = block.readUInt32LE(at + ENTRY.instrument)
    const cells = block.readUInt16LE(at + ENTRY.cellCount)
    const worker = block.readUInt32LE(at + ENTRY.worker)
    if (cells !== this.#cellCounts[instrument]?.[which] || worker >= MAX_WORKERS) return undefined
    const chunk = block.readUInt32LE(at + ENTRY.chunk)
    const slot = this.#segment.placeCells(chunk, block.readUInt32LE(at + ENTRY.slot), cells)
    if (slot < 0) return undefined
    const createdUs = block.readDoubleLE(at + ENTRY.createdUs)
    return {
      instrument,
      text,
      slot,
      cellCount: cells,
      worker,
      createdUs: Number.isFinite(createdUs) ? createdUs : 0,
    }
  }
}

/** Of a series, which in a ledger may have more behind its own, and of a series' exemplars. */
type CellCounts = [number, number]

const HEAD = Buffer.alloc(4)
const BLOCK = Buffer.allocUnsafeSlow(BLOCK_BYTES)
