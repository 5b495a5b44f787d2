import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import {
  CHUNK,
  CHUNK_KIND,
  CHUNK_ROW_BYTES,
  HEADER,
  HEADER_CHECKED_BYTES,
  LAYOUT_VERSION,
  MAGIC,
  MAX_CHUNKS,
  MAX_SEGMENT_BYTES,
  PAGE_BYTES,
} from '../segment/layout.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import { EntryReader, type SeriesEntry } from './entry-reader.ts'

/** A file that is no segment, or not one that this version reads. */
export class SegmentError extends Error {
  readonly reason: 'damaged' | 'version'
  constructor(path: string, reason: 'damaged' | 'version', what: string) {
    super(`${path}: ${what}`)
    this.name = 'SegmentError'
    this.reason = reason
  }
}

interface CellChunk {
  readonly row: number
  readonly offsetBytes: number
  /** Where this chunk's cells begin in {@link SegmentReader.cells}. */
  readonly base: number
  readonly capacity: number
  /** Cells that belong to a series; what lies behind is not read. */
  used: number
}

/**
 * Reads one segment again and again: entries once, cells every time. It uses `pread` and never maps, so that a
 * file that somebody truncates gives a short read and not SIGBUS. Whatever it believes it bounds first.
 */
export class SegmentReader {
  readonly path: string
  readonly inode: bigint
  readonly fd: number
  /** Hexadecimal. */
  readonly id: string
  readonly liveness: number
  readonly worker: number
  readonly startTimeMs: number

  /** By the instrument's number in this segment. */
  readonly definitions: (StreamDefinition | undefined)[] = []
  readonly series: SeriesEntry[] = []
  /** The places of series' exemplars. */
  readonly exemplars: SeriesEntry[] = []
  /** Ledger: the segments whose totals it holds. */
  readonly folded: Set<string> = new Set()
  resourceText: string | undefined
  /** All cells, chunk after chunk; a series' first is at `SeriesEntry.slot`. */
  cells: Float64Array = new Float64Array(0)
  alive = true
  state = 0
  heartbeatMs = 0
  privateSeries = 0
  /** Ledger: how many writers it holds the totals of, by how they ended. */
  foldedEnded = 0
  foldedKilled = 0

  readonly #header: Buffer = Buffer.alloc(PAGE_BYTES)
  readonly #entries: EntryReader
  readonly #cellChunks: CellChunk[] = []
  #knownChunks = 0
  #capacity = 0

  /** Throws {@link SegmentError}, or the file system's error. */
  constructor(path: string) {
    this.path = path
    const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
    this.fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const stat = fstatSync(this.fd, { bigint: true })
      if (!stat.isFile()) throw new SegmentError(path, 'damaged', 'not a regular file')
      this.inode = stat.ino
      this.#readHeader()
      this.#checkIdentity()
    } catch (error) {
      closeSync(this.fd)
      throw error
    }
    const header = this.#header
    this.id = header.toString('hex', HEADER.id, HEADER.id + 16)
    this.liveness = header.readUInt32LE(HEADER.liveness)
    this.worker = header.readUInt32LE(HEADER.worker)
    this.startTimeMs = header.readDoubleLE(HEADER.startTimeMs)
    this.#entries = new EntryReader(this)
  }

  close(): void {
    closeSync(this.fd)
  }

  /** Brings everything up to date. Throws only the file system's errors. */
  refresh(): void {
    this.#readHeader()
    const header = this.#header
    this.state = header.readUInt32LE(HEADER.state)
    this.heartbeatMs = header.readDoubleLE(HEADER.heartbeatMs)
    this.privateSeries = header.readDoubleLE(HEADER.privateSeries)
    this.foldedEnded = header.readDoubleLE(HEADER.foldedEnded)
    this.foldedKilled = header.readDoubleLE(HEADER.foldedKilled)
    this.#readChunkTable()
    this.#entries.readNew()
    this.#readCells()
  }

  /** Called for each series entry: where its cells are in {@link cells}, or -1 when it points outside. */
  placeCells(row: number, slot: number, cellCount: number): number {
    const chunk = this.#cellChunks.find(each => each.row === row)
    if (chunk === undefined || slot + cellCount > chunk.capacity) return -1
    chunk.used = Math.max(chunk.used, slot + cellCount)
    return chunk.base + slot
  }

  #readHeader(): void {
    const bytes = readSync(this.fd, this.#header, 0, PAGE_BYTES, 0)
    if (bytes < PAGE_BYTES) throw new SegmentError(this.path, 'damaged', `only ${bytes} bytes long`)
  }

  #checkIdentity(): void {
    const header = this.#header
    if (header.readUInt32LE(HEADER.magic) !== MAGIC)
      throw new SegmentError(this.path, 'damaged', 'not a segment')
    const version = header.readUInt32LE(HEADER.version)
    if (version !== LAYOUT_VERSION) throw new SegmentError(this.path, 'version', `layout version ${version}`)
    if (crc32(header.subarray(0, HEADER_CHECKED_BYTES)) !== header.readUInt32LE(HEADER.checksum)) {
      throw new SegmentError(this.path, 'damaged', 'its header does not match its checksum')
    }
  }

  #readChunkTable(): void {
    const header = this.#header
    const count = Math.min(header.readUInt32LE(HEADER.chunkCount), MAX_CHUNKS)
    if (count <= this.#knownChunks) return
    const fileBytes = Math.min(fstatSync(this.fd).size, MAX_SEGMENT_BYTES)
    for (; this.#knownChunks < count; this.#knownChunks++) {
      const at = HEADER.chunkTable + this.#knownChunks * CHUNK_ROW_BYTES
      const kind = header.readUInt32LE(at + CHUNK.kind)
      const page = header.readUInt32LE(at + CHUNK.page)
      const pages = header.readUInt32LE(at + CHUNK.pages)
      if ((kind ^ page ^ pages ^ MAGIC) >>> 0 !== header.readUInt32LE(at + CHUNK.check)) return
      if (page === 0 || (page + pages) * PAGE_BYTES > fileBytes) return
      this.#addChunk(kind, this.#knownChunks, page * PAGE_BYTES, pages * PAGE_BYTES)
    }
  }

  #addChunk(kind: number, row: number, offsetBytes: number, bytes: number): void {
    if (kind === CHUNK_KIND.entries) this.#entries.addChunk(offsetBytes, bytes)
    if (kind !== CHUNK_KIND.cells) return
    this.#cellChunks.push({ row, offsetBytes, base: this.#capacity, capacity: bytes / 8, used: 0 })
    this.#capacity += bytes / 8
  }

  #readCells(): void {
    if (this.cells.length < this.#capacity) this.cells = new Float64Array(this.#capacity)
    for (const { offsetBytes, base, used } of this.#cellChunks) {
      if (used === 0) continue
      const target = new Uint8Array(this.cells.buffer, base * 8, used * 8)
      readSync(this.fd, target, 0, used * 8, offsetBytes)
    }
  }
}
