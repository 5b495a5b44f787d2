import {
  CHUNK,
  CHUNK_KIND,
  CHUNK_ROW_BYTES,
  HEADER,
  MAGIC,
  MAX_CHUNKS,
  MAX_SEGMENT_BYTES,
  PAGE_BYTES,
} from '../segment/layout.ts'

export interface CellChunk {
  readonly row: number
  readonly offsetBytes: number
  /** Where this chunk's cells begin in the reader's cells. */
  readonly base: number
  readonly capacity: number
  /** Cells that belong to a series; what lies behind is not read. */
  used: number
}

/** The chunks of a segment, as far as its table could be believed. */
export class ChunkTable {
  readonly cellChunks: CellChunk[] = []
  /** Rows that are known. */
  length = 0
  readonly #addEntries: (offsetBytes: number, bytes: number) => void
  #nextPage = 1
  #capacity = 0

  /** @param addEntries told of every chunk of entries. */
  constructor(addEntries: (offsetBytes: number, bytes: number) => void) {
    this.#addEntries = addEntries
  }

  /**
   * Takes in what is new in a header. Chunks follow one another without gaps; only that is believed, so that no page
   * belongs to two of them. Returns what is wrong.
   */
  read(header: Buffer, sizeOfFile: () => number): string | undefined {
    const announced = header.readUInt32LE(HEADER.chunkCount)
    if (announced < this.length) return `announces ${announced} chunks after ${this.length}`
    if (announced === this.length) return undefined
    const fileBytes = Math.min(sizeOfFile(), MAX_SEGMENT_BYTES)
    for (; this.length < Math.min(announced, MAX_CHUNKS); this.length++) {
      const at = HEADER.chunkTable + this.length * CHUNK_ROW_BYTES
      const kind = header.readUInt32LE(at + CHUNK.kind)
      const page = header.readUInt32LE(at + CHUNK.page)
      const pages = header.readUInt32LE(at + CHUNK.pages)
      const check = (kind ^ page ^ pages ^ MAGIC) >>> 0
      if (check !== header.readUInt32LE(at + CHUNK.check) || page !== this.#nextPage || pages === 0)
        return `row ${this.length} of its chunk table is wrong`
      if ((page + pages) * PAGE_BYTES > fileBytes) return `ends before its chunk ${this.length}`
      this.#nextPage += pages
      this.#add(kind, page * PAGE_BYTES, pages * PAGE_BYTES)
    }
    return announced > MAX_CHUNKS ? `announces ${announced} chunks` : undefined
  }

  /** The chunk of a place in the reader's cells. */
  holding(slot: number): CellChunk {
    return this.cellChunks.findLast(each => each.base <= slot)!
  }

  #add(kind: number, offsetBytes: number, bytes: number): void {
    if (kind === CHUNK_KIND.entries) this.#addEntries(offsetBytes, bytes)
    if (kind !== CHUNK_KIND.cells) return
    const capacity = bytes / 8
    this.cellChunks.push({ row: this.length, offsetBytes, base: this.#capacity, capacity, used: 0 })
    this.#capacity += capacity
  }
}
