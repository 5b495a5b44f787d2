import { readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { ENTRY, ENTRY_KIND, MAX_TEXT_BYTES } from '../segment/layout.ts'
import { parseDefinition, type StreamDefinition } from '../segment/stream.ts'

/** One series of a segment. */
export interface SeriesEntry {
  /** The number of its instrument in this segment. */
  readonly instrument: number
  /** The attributes as canonical JSON. */
  readonly text: string
  /** Index of its first cell in the segment's cells. */
  readonly slot: number
  readonly cellCount: number
}

/** What an {@link EntryReader} fills in: the reader of the whole segment. */
interface Segment {
  readonly fd: number
  readonly definitions: (StreamDefinition | undefined)[]
  readonly series: SeriesEntry[]
  readonly folded: Set<string>
  resourceText: string | undefined
  placeCells(row: number, slot: number, cellCount: number): number
  expectsCells(definition: StreamDefinition, cellCount: number): boolean
}

/** An entry is at most this long, so a block of twice this size always holds a whole one. */
const MAX_ENTRY_BYTES = ENTRY.text + MAX_TEXT_BYTES
const BLOCK_BYTES = 2 * MAX_ENTRY_BYTES
const MAX_INSTRUMENTS = 65_536

/** Follows the entries of one segment: reads what was published since the last time. */
export class EntryReader {
  readonly #segment: Segment
  readonly #chunks: { offsetBytes: number; bytes: number }[] = []
  /** The chunk being read, and how far. */
  #chunk = 0
  #position = 0

  constructor(segment: Segment) {
    this.#segment = segment
  }

  addChunk(offsetBytes: number, bytes: number): void {
    this.#chunks.push({ offsetBytes, bytes })
  }

  readNew(): void {
    while (this.#chunk < this.#chunks.length) {
      this.#readChunk(this.#chunks[this.#chunk])
      // A writer opens a chunk only when it is done with the one before.
      if (this.#chunk === this.#chunks.length - 1) return
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
      if (taken === 0) return
      this.#position += taken
    }
  }

  /** Returns how many bytes of whole, valid entries the block began with. */
  #readBlock(block: Buffer): number {
    let at = 0
    while (at + ENTRY.text <= block.length) {
      const bytes = block.readUInt32LE(at + ENTRY.bytes)
      if (bytes < ENTRY.text || bytes > MAX_ENTRY_BYTES + 8 || bytes % 8 !== 0 || at + bytes > block.length)
        break
      const entry = block.subarray(at, at + bytes)
      if (crc32(entry.subarray(ENTRY.kind)) !== entry.readUInt32LE(ENTRY.checksum)) break
      this.#take(entry)
      at += bytes
    }
    return at
  }

  #take(entry: Buffer): void {
    const textBytes = entry.readUInt32LE(ENTRY.textBytes)
    if (ENTRY.text + textBytes > entry.length) return
    const text = entry.toString('utf8', ENTRY.text, ENTRY.text + textBytes)
    const segment = this.#segment
    switch (entry.readUInt16LE(ENTRY.kind)) {
      case ENTRY_KIND.instrument: {
        const number = entry.readUInt32LE(ENTRY.instrument)
        if (number < MAX_INSTRUMENTS) segment.definitions[number] = parseDefinition(text)
        return
      }
      case ENTRY_KIND.series:
        return this.#takeSeries(entry, text)
      case ENTRY_KIND.resource:
        segment.resourceText = text
        return
      case ENTRY_KIND.folded:
        segment.folded.add(text)
    }
  }

  #takeSeries(entry: Buffer, text: string): void {
    const segment = this.#segment
    const instrument = entry.readUInt32LE(ENTRY.instrument)
    const cellCount = entry.readUInt16LE(ENTRY.cellCount)
    const definition = segment.definitions[instrument]
    if (definition === undefined || !segment.expectsCells(definition, cellCount)) return
    const slot = segment.placeCells(
      entry.readUInt32LE(ENTRY.chunk),
      entry.readUInt32LE(ENTRY.slot),
      cellCount,
    )
    if (slot >= 0) segment.series.push({ instrument, text, slot, cellCount })
  }
}

const HEAD = Buffer.alloc(4)
const BLOCK = Buffer.allocUnsafeSlow(BLOCK_BYTES)
