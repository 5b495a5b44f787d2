import { CHUNK, CHUNK_ROW_BYTES, HEADER, MAGIC, MAX_CHUNK_PAGES, MAX_CHUNKS, PAGE_BYTES } from './layout.ts'
import type { SegmentMemory } from './memory.ts'

/** A run of pages of the segment that its writer fills. */
export interface Chunk {
  readonly row: number
  readonly bytes: Uint8Array
  readonly words: Int32Array
  readonly cells: Float64Array
  /** Entries: bytes used. Cells: cells used. */
  used: number
}

/** The chunks that a segment is made of, as its writer adds them. */
export class Chunks {
  /** Of the segment, the header's included. */
  pages = 1
  readonly #memory: SegmentMemory
  readonly #header: Int32Array
  #count = 0

  /** @param header the header's words, with the table of chunks. */
  constructor(memory: SegmentMemory, header: Int32Array) {
    this.#memory = memory
    this.#header = header
  }

  /** A further chunk, twice as long as the last one of its kind; undefined when there is no room. */
  grow(kind: number, last: Chunk, neededBytes: number, limitBytes: number): Chunk | undefined {
    if (this.#count >= MAX_CHUNKS) return undefined
    const left = Math.floor(limitBytes / PAGE_BYTES) - this.pages
    const doubled = Math.min((last.bytes.length / PAGE_BYTES) * 2, MAX_CHUNK_PAGES, left)
    const pages = Math.max(doubled, Math.ceil(neededBytes / PAGE_BYTES))
    const memory = this.#memory.extend(pages * PAGE_BYTES)
    return memory && this.add(kind, memory, 0, pages)
  }

  /** Announces pages that are there: their row first, then how many rows there are. */
  add(kind: number, memory: ArrayBuffer, offsetBytes: number, pages: number): Chunk {
    const row = this.#count
    const word = (HEADER.chunkTable + row * CHUNK_ROW_BYTES) / 4
    const words = this.#header
    words[word + CHUNK.kind / 4] = kind
    words[word + CHUNK.page / 4] = this.pages
    words[word + CHUNK.pages / 4] = pages
    words[word + CHUNK.check / 4] = kind ^ this.pages ^ pages ^ MAGIC
    this.#count++
    this.pages += pages
    Atomics.store(words, HEADER.chunkCount / 4, this.#count)
    const bytes = pages * PAGE_BYTES
    return {
      row,
      bytes: new Uint8Array(memory, offsetBytes, bytes),
      words: new Int32Array(memory, offsetBytes, bytes / 4),
      cells: new Float64Array(memory, offsetBytes, bytes / 8),
      used: 0,
    }
  }
}
