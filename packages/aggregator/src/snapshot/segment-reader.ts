import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { MAX_WORKERS } from '../directory/files.ts'
import {
  CHUNK,
  CHUNK_KIND,
  CHUNK_ROW_BYTES,
  HEADER,
  HEADER_CHECKED_BYTES,
  LAYOUT_VERSION,
  LIVENESS,
  MAGIC,
  MAX_CHUNKS,
  MAX_SEGMENT_BYTES,
  PAGE_BYTES,
} from '../segment/layout.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import { EntryReader, type SeriesEntry } from './entry-reader.ts'
import { rereadExponential } from './reread-exponential.ts'

/** A file that is no segment, or not one that this version reads. */
export class SegmentError extends Error {
  readonly reason: 'damaged' | 'version'
  readonly what: string
  constructor(path: string, reason: 'damaged' | 'version', what: string) {
    super(`${path}: ${what}`)
    this.name = 'SegmentError'
    this.reason = reason
    this.what = what
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

/** What the file is there for: a ledger among the segments, or the other way round, would count twice. */
export type FileRole = 'segment' | 'ledger'

const MAX_TIME_MS = 8.64e15
const MAX_PRIVATE_SERIES = 1e9

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
  /** What is wrong with the file, found by the last refresh; the rest of it is read all the same. */
  damage: string | undefined
  /** When that was first seen, by the reader's clock. */
  damagedSinceMs = 0

  readonly #header: Buffer = Buffer.alloc(PAGE_BYTES)
  readonly #entries: EntryReader
  readonly #cellChunks: CellChunk[] = []
  #knownChunks = 0
  #nextPage = 1
  #capacity = 0

  /**
   * Throws {@link SegmentError}, or the file system's error.
   * @param owner the user whose files are believed: the directory's.
   */
  constructor(
    path: string,
    role: FileRole = 'segment',
    owner?: number,
    fd: number = openWithoutWaiting(path),
  ) {
    this.path = path
    this.fd = fd
    try {
      const stat = fstatSync(fd, { bigint: true })
      if (!stat.isFile()) throw new SegmentError(path, 'damaged', 'not a regular file')
      if (owner !== undefined && Number(stat.uid) !== owner)
        throw new SegmentError(path, 'damaged', `belongs to user ${stat.uid}, the directory to user ${owner}`)
      this.inode = stat.ino
      this.#readHeader()
      this.#checkIdentity()
      const header = this.#header
      this.id = header.toString('hex', HEADER.id, HEADER.id + 16)
      this.liveness = header.readUInt32LE(HEADER.liveness)
      this.worker = header.readUInt32LE(HEADER.worker)
      this.startTimeMs = header.readDoubleLE(HEADER.startTimeMs)
      this.#checkFields(role)
    } catch (error) {
      closeSync(fd)
      throw error
    }
    this.#entries = new EntryReader(this, role)
  }

  close(): void {
    closeSync(this.fd)
  }

  /** Brings everything up to date. Throws {@link SegmentError} when the header is gone, or the file system's error. */
  refresh(): void {
    this.#readHeader()
    const header = this.#header
    this.state = header.readUInt32LE(HEADER.state)
    this.heartbeatMs = header.readDoubleLE(HEADER.heartbeatMs)
    const privateSeries = header.readDoubleLE(HEADER.privateSeries)
    this.privateSeries = privateSeries >= 0 && privateSeries <= MAX_PRIVATE_SERIES ? privateSeries : 0
    this.damage = undefined
    this.#readChunkTable()
    this.#entries.readNew()
    this.damage ??= this.#entries.damage
    this.#readCells()
  }

  /**
   * Called for each entry that has cells: where they are in {@link cells}, or -1. A writer hands out cells one
   * after the other; only that is believed, so that no cell belongs to two series.
   */
  placeCells(row: number, slot: number, cellCount: number): number {
    const chunk = this.#cellChunks.find(each => each.row === row)
    if (chunk === undefined || slot !== chunk.used || slot + cellCount > chunk.capacity) return -1
    chunk.used += cellCount
    return chunk.base + slot
  }

  /** Where in the file a series' first cell is, in bytes. */
  positionOf(slot: number): number {
    const chunk = this.#cellChunks.findLast(each => each.base <= slot)!
    return chunk.offsetBytes + (slot - chunk.base) * 8
  }

  #readHeader(): void {
    const bytes = readSync(this.fd, this.#header, 0, PAGE_BYTES, 0)
    if (bytes < PAGE_BYTES) throw new SegmentError(this.path, 'damaged', `only ${bytes} bytes long`)
  }

  /** The checksum before the version: a flipped bit must not pass for a version yet to come. */
  #checkIdentity(): void {
    const header = this.#header
    if (header.readUInt32LE(HEADER.magic) !== MAGIC)
      throw new SegmentError(this.path, 'damaged', 'not a segment')
    if (crc32(header.subarray(0, HEADER_CHECKED_BYTES)) !== header.readUInt32LE(HEADER.checksum))
      throw new SegmentError(this.path, 'damaged', 'its header does not match its checksum')
    const version = header.readUInt32LE(HEADER.version)
    if (version !== LAYOUT_VERSION)
      throw new SegmentError(
        this.path,
        'version',
        `layout version ${version}, this one reads ${LAYOUT_VERSION}`,
      )
  }

  #checkFields(role: FileRole): void {
    const isLedger = this.liveness === LIVENESS.none
    if (isLedger !== (role === 'ledger') || this.liveness > LIVENESS.none)
      throw new SegmentError(this.path, 'damaged', `liveness ${this.liveness} in a ${role}`)
    if (this.worker >= MAX_WORKERS)
      throw new SegmentError(this.path, 'damaged', `worker ${this.worker} is above ${MAX_WORKERS}`)
    if (!(this.startTimeMs >= 0 && this.startTimeMs <= MAX_TIME_MS))
      throw new SegmentError(this.path, 'damaged', `start time ${this.startTimeMs} is no time`)
  }

  /** Chunks follow one another without gaps; only that is believed, so that no page belongs to two of them. */
  #readChunkTable(): void {
    const header = this.#header
    const announced = header.readUInt32LE(HEADER.chunkCount)
    const count = Math.min(announced, MAX_CHUNKS)
    if (announced > MAX_CHUNKS) this.damage = `announces ${announced} chunks`
    if (announced < this.#knownChunks)
      this.damage = `announces ${announced} chunks after ${this.#knownChunks}`
    if (count <= this.#knownChunks) return
    const fileBytes = Math.min(fstatSync(this.fd).size, MAX_SEGMENT_BYTES)
    for (; this.#knownChunks < count; this.#knownChunks++) {
      const at = HEADER.chunkTable + this.#knownChunks * CHUNK_ROW_BYTES
      const kind = header.readUInt32LE(at + CHUNK.kind)
      const page = header.readUInt32LE(at + CHUNK.page)
      const pages = header.readUInt32LE(at + CHUNK.pages)
      const check = (kind ^ page ^ pages ^ MAGIC) >>> 0
      if (check !== header.readUInt32LE(at + CHUNK.check) || page !== this.#nextPage || pages === 0) {
        this.damage = `row ${this.#knownChunks} of its chunk table is wrong`
        return
      }
      if ((page + pages) * PAGE_BYTES > fileBytes) {
        this.damage = `ends before its chunk ${this.#knownChunks}`
        return
      }
      this.#nextPage += pages
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
    this.#makeRoom()
    for (const { offsetBytes, base, used } of this.#cellChunks) {
      if (used === 0) continue
      const target = new Uint8Array(this.cells.buffer, base * 8, used * 8)
      const bytes = readSync(this.fd, target, 0, used * 8, offsetBytes)
      if (bytes < used * 8) this.damage = `ends ${used * 8 - bytes} bytes before its last cell`
    }
    this.damage ??= rereadExponential(this, (slot, target) => this.#readCellsAgain(slot, target))
  }

  /** As large as the entries say, not as the file is: a hole of a gigabyte costs nothing. */
  #makeRoom(): void {
    const last = this.#cellChunks.findLast(chunk => chunk.used > 0)
    if (last === undefined || this.cells.length >= last.base + last.used) return
    const cells = new Float64Array(Math.min(last.base + last.used * 2, last.base + last.capacity))
    cells.set(this.cells)
    this.cells = cells
  }

  #readCellsAgain(slot: number, target: Float64Array): void {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength)
    readSync(this.fd, bytes, 0, bytes.length, this.positionOf(slot))
  }
}

/** Not following links, and not waiting: somebody may have put a pipe where a segment should be. */
function openWithoutWaiting(path: string): number {
  const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
  return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
}
