import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { isCount } from '../segment/count.ts'
import { HEADER, PAGE_BYTES } from '../segment/layout.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import { type CellChunk, ChunkTable } from './chunk-table.ts'
import { EntryReader, type SeriesEntry } from './entry-reader.ts'
import { type FileRole, type Identity, readIdentity, SegmentError } from './identity.ts'
import { rereadExponential } from './reread-exponential.ts'

/**
 * Reads one segment again and again: entries once, cells every time. It uses `pread` and never maps, so that a
 * file that somebody truncates gives a short read and not SIGBUS. Whatever it believes it bounds first.
 */
export class SegmentReader implements Identity {
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
  /** All cells, chunk after chunk; a series' first is at `SeriesEntry.slot`. See {@link readCells}. */
  cells: Float64Array = NO_CELLS
  alive = true
  state = 0
  heartbeatMs = 0
  privateSeries = 0
  /** Ledger: how many writers it holds the totals of, by how they ended. */
  foldedEnded = 0
  foldedKilled = 0
  /** When the writer began, by both clocks; 0: not known. */
  beganUs = 0
  beganMs = 0
  /** What is wrong with the file, found by the last refresh; the rest of it is read all the same. */
  damage: string | undefined
  /** When that was first seen, by the reader's clock. */
  damagedSinceMs = 0

  readonly #header: Buffer = Buffer.alloc(PAGE_BYTES)
  readonly #entries: EntryReader
  readonly #chunks: ChunkTable
  #mayHaveMore = true
  /** Cells that stay as they were read last. */
  #ownCells: Float64Array = NO_CELLS
  /** Whether the cells are those of the last refresh. */
  #hasCells = false

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
      const identity = readIdentity(this.#header, role)
      if ('reason' in identity) throw new SegmentError(path, identity.reason, identity.what)
      this.id = identity.id
      this.liveness = identity.liveness
      this.worker = identity.worker
      this.startTimeMs = identity.startTimeMs
    } catch (error) {
      closeSync(fd)
      throw error
    }
    this.#entries = new EntryReader(this, role)
    this.#chunks = new ChunkTable((offsetBytes, bytes) => this.#entries.addChunk(offsetBytes, bytes))
  }

  close(): void {
    closeSync(this.fd)
  }

  /** Brings everything up to date. Throws {@link SegmentError} when the header is gone, or the file system's error. */
  refresh(): void {
    this.refreshEntries()
    this.readCells()
  }

  /** Everything but the cells: they may be read later. */
  refreshEntries(): void {
    this.#hasCells = false
    this.#readHeader()
    const header = this.#header
    this.state = header.readUInt32LE(HEADER.state)
    this.heartbeatMs = header.readDoubleLE(HEADER.heartbeatMs)
    this.privateSeries = countAt(header, HEADER.privateSeries)
    this.foldedEnded = countAt(header, HEADER.foldedEnded)
    this.foldedKilled = countAt(header, HEADER.foldedKilled)
    this.beganUs = countAt(header, HEADER.beganUs)
    this.beganMs = countAt(header, HEADER.beganMs)
    this.damage = undefined
    this.#mayHaveMore = true
    this.#readChunkTable()
    this.#entries.readNew()
    this.damage ??= this.#entries.damage
  }

  /**
   * Reads the cells, if that has not been done since the last refresh.
   * @param shared memory that all segments may be read to, one after the other. Then {@link cells} are this segment's
   *   until the next one's are read; those of a segment with exemplars, which are looked at later, never are there.
   */
  readCells(shared?: Float64Array): void {
    if (this.#hasCells) return
    const isShared = shared !== undefined && this.exemplars.length === 0 && this.cellCount <= shared.length
    this.cells = isShared ? shared : this.#makeRoom()
    if (isShared) this.#ownCells = NO_CELLS
    this.#readChunks()
    // Behind the end another segment's would stand.
    if (isShared && this.damage !== undefined) {
      this.cells = this.#makeRoom()
      this.#readChunks()
    }
    const torn = rereadExponential(this, (slot, target) => this.#readCellsAgain(slot, target))
    this.damage ??= torn
    this.#hasCells = true
  }

  /** How many cells there are to read. */
  get cellCount(): number {
    const last = this.#chunks.cellChunks.findLast(chunk => chunk.used > 0)
    return last === undefined ? 0 : last.base + last.used
  }

  /**
   * Called for each entry that has cells: where they are in {@link cells}, or -1. A writer hands out cells in
   * ascending order; only that is believed, so that no cell belongs to two series. Those between may belong to
   * entries that can't be read.
   */
  placeCells(row: number, slot: number, cellCount: number): number {
    const chunk = this.#chunkOf(row)
    if (chunk === undefined || slot < chunk.used || slot + cellCount > chunk.capacity) return -1
    chunk.used = slot + cellCount
    return chunk.base + slot
  }

  /** An entry may be newer than the chunk table as we know it: then that is read again, while it brings anything new. */
  #chunkOf(row: number): CellChunk | undefined {
    while (row >= this.#chunks.length && this.#mayHaveMore) {
      const before = this.#chunks.length
      this.#readHeader()
      this.#readChunkTable()
      this.#mayHaveMore = this.#chunks.length > before
    }
    return this.#chunks.cellChunks.find(each => each.row === row)
  }

  /** Where in the file a series' first cell is, in bytes. */
  positionOf(slot: number): number {
    const chunk = this.#chunks.holding(slot)
    return chunk.offsetBytes + (slot - chunk.base) * 8
  }

  #readHeader(): void {
    const bytes = readSync(this.fd, this.#header, 0, PAGE_BYTES, 0)
    if (bytes < PAGE_BYTES) throw new SegmentError(this.path, 'damaged', `only ${bytes} bytes long`)
  }

  #readChunkTable(): void {
    const wrong = this.#chunks.read(this.#header, () => fstatSync(this.fd).size)
    this.damage ??= wrong
  }

  #readChunks(): void {
    for (const { offsetBytes, base, used } of this.#chunks.cellChunks) {
      if (used === 0) continue
      const target = new Uint8Array(this.cells.buffer, this.cells.byteOffset + base * 8, used * 8)
      const bytes = readSync(this.fd, target, 0, used * 8, offsetBytes)
      if (bytes < used * 8) this.damage = `ends ${used * 8 - bytes} bytes before its last cell`
    }
  }

  /** As large as the entries say, not as the file is. */
  #makeRoom(): Float64Array {
    const last = this.#chunks.cellChunks.findLast(chunk => chunk.used > 0)
    if (last === undefined || this.#ownCells.length >= last.base + last.used) return this.#ownCells
    const cells = new Float64Array(Math.min(last.base + last.used * 2, last.base + last.capacity))
    cells.set(this.#ownCells)
    this.#ownCells = cells
    return cells
  }

  #readCellsAgain(slot: number, target: Float64Array): void {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength)
    readSync(this.fd, bytes, 0, bytes.length, this.positionOf(slot))
  }
}

const NO_CELLS: Float64Array = new Float64Array(0)

function countAt(header: Buffer, offset: number): number {
  const count = header.readDoubleLE(offset)
  return isCount(count) ? count : 0
}

/** Not following links, and not waiting: somebody may have put a pipe where a segment should be. */
function openWithoutWaiting(path: string): number {
  const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
  return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
}
