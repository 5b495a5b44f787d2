import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isFresh } from '../directory/alive.ts'
import { FOLD_LOCK, LEDGER, workerOf } from '../directory/files.ts'
import { isLocked, waitForLock } from '../directory/lock.ts'
import { LIVENESS, STATE } from '../segment/layout.ts'
import { type Libc, libcIfThere } from '../segment/libc.ts'
import { type BadFile, judge } from './bad-file.ts'
import { BadFiles } from './bad-files.ts'
import { LedgerFile } from './ledger-file.ts'
import { SegmentReader } from './segment-reader.ts'

/** All segments and the ledger of a directory, read once and consistent with each other. */
export interface Snapshot {
  readonly ledger: SegmentReader | undefined
  /** Those that the ledger does not contain. */
  readonly segments: readonly SegmentReader[]
  /** Segments whose totals are in the ledger but whose files are still there. */
  readonly leftovers: readonly SegmentReader[]
  /** Files that can't be read. Some of them may be among the segments too: with that part that can. */
  readonly damaged: readonly BadFile[]
  /** Segments and a ledger of another layout version: they belong to somebody who can read them. */
  readonly otherVersions: readonly BadFile[]
  /** Whether a new ledger may take the place of the one there is: not of one that somebody else may be able to read. */
  readonly replaceable: boolean
}

/** When the run began: the earliest start of anybody who counted in it. Milliseconds since the epoch. */
export function startTimeMs({ segments, ledger }: Snapshot, nowMs: number): number {
  const sources = ledger === undefined ? segments : [...segments, ledger]
  return sources.reduce((earliest, each) => Math.min(earliest, each.startTimeMs), nowMs)
}

const OPTIMISTIC_ATTEMPTS = 8
const FOLD_TIMEOUT_MS = 1_000

/** Reads a directory again and again; keeps the files open and what it has parsed. */
export class DirectoryReader {
  readonly directory: string
  readonly #now: () => number
  readonly #libc: Libc | undefined
  readonly #open: Map<string, SegmentReader> = new Map()
  readonly #ledger: LedgerFile
  /** By path: since when a file is bad. */
  #badSinceMs: Map<string, number> = new Map()
  readonly #warn: (line: string) => void

  /** @param warn told once of each file that can't be read. */
  constructor(directory: string, now: () => number = Date.now, warn: (line: string) => void = () => {}) {
    this.directory = directory
    this.#now = now
    this.#warn = warn
    this.#ledger = new LedgerFile(join(directory, LEDGER))
    this.#libc = libcIfThere()
  }

  /**
   * A segment is either in the ledger or a file of its own, and moves from one to the other while we read. The
   * ledger is put in place before the segments it contains are removed: if it is the same before and after, we
   * have seen every segment exactly once. If not, we start over; after several times we keep folders out.
   * Throws when the directory is gone, or this process has no descriptors or memory left.
   * @param use reads the cells of the segments that it is given, and is called again when it was called too early.
   *   Without it all cells are read here.
   */
  read(use?: (snapshot: Snapshot) => void): Snapshot {
    if (use === undefined) return this.#readWith(undefined)
    try {
      return this.#readWith(use)
    } catch {
      // Whose cells can't be read is found out file by file.
      const snapshot = this.#readWith(undefined)
      use(snapshot)
      return snapshot
    }
  }

  #readWith(use: ((snapshot: Snapshot) => void) | undefined): Snapshot {
    for (let attempt = 0; attempt < OPTIMISTIC_ATTEMPTS; attempt++) {
      const snapshot = this.#tryRead(use)
      if (snapshot !== undefined) return snapshot
    }
    const path = join(this.directory, FOLD_LOCK)
    const lock = this.#libc && waitForLock(this.#libc, path, FOLD_TIMEOUT_MS)
    try {
      const snapshot = this.#tryRead(use)
      if (snapshot !== undefined) return snapshot
      throw new Error(`${this.directory}: the ledger changes faster than it can be read`)
    } finally {
      lock?.release()
    }
  }

  close(): void {
    for (const reader of this.#open.values()) reader.close()
    this.#open.clear()
    this.#ledger.close()
  }

  #tryRead(use: ((snapshot: Snapshot) => void) | undefined): Snapshot | undefined {
    const owner = statSync(this.directory).uid
    const stamp = this.#ledger.stamp()
    if (!this.#ledger.open(stamp, owner)) return undefined
    const bad = new BadFiles(this.#badSinceMs, this.#now())
    if (this.#ledger.bad !== undefined) bad.add(this.#ledger.path, this.#ledger.bad)
    this.#openSegments(owner, bad)

    const segments: SegmentReader[] = []
    const leftovers: SegmentReader[] = []
    for (const [name, reader] of this.#open) {
      if (this.#ledger.reader?.folded.has(reader.id)) {
        leftovers.push(reader)
        continue
      }
      try {
        this.#refresh(reader)
        if (use === undefined) reader.readCells()
        segments.push(reader)
      } catch (error) {
        bad.add(reader.path, judge(error))
        this.#open.delete(name)
        reader.close()
      }
    }
    // What `use` concludes from who is there it may keep, so all must be there before; their cells come after.
    if (this.#ledger.stamp() !== stamp) return undefined
    const { damaged, otherVersions } = bad
    const replaceable = this.#ledger.bad === undefined || this.#ledger.bad.reason === 'damaged'
    const snapshot = { ledger: this.#ledger.reader, segments, leftovers, damaged, otherVersions, replaceable }
    use?.(snapshot)
    if (use !== undefined && this.#ledger.stamp() !== stamp) return undefined
    for (const reader of segments) if (reader.damage !== undefined) bad.addPart(reader)
    bad.warn(this.#warn)
    this.#badSinceMs = bad.sinceMs
    return snapshot
  }

  /** Opens what is new, closes what is gone or replaced. */
  #openSegments(owner: number, bad: BadFiles): void {
    const names = new Set(readdirSync(this.directory).filter(name => workerOf(name) !== undefined))
    for (const [name, reader] of this.#open) {
      if (names.has(name) && this.#isSameFile(reader)) continue
      reader.close()
      this.#open.delete(name)
    }
    for (const name of names) {
      if (this.#open.has(name)) continue
      const path = join(this.directory, name)
      try {
        const reader = new SegmentReader(path, 'segment', owner)
        this.#open.set(name, reader)
        // Its number stands on the page: two of the same would spoil it.
        if (reader.worker !== workerOf(name)) this.#reject(name, reader, bad)
      } catch (error) {
        // Gone since it was listed: the ledger has changed too, and the read starts over.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') bad.add(path, judge(error))
      }
    }
  }

  #reject(name: string, reader: SegmentReader, bad: BadFiles): void {
    bad.add(reader.path, { why: `it is the segment of worker ${reader.worker}`, reason: 'damaged' })
    this.#open.delete(name)
    reader.close()
  }

  /** A worker number is reused, so a name may stand for another file than it did. */
  #isSameFile(reader: SegmentReader): boolean {
    return statSync(reader.path, { bigint: true, throwIfNoEntry: false })?.ino === reader.inode
  }

  /** Alive first, cells later: cells that are read after a death was seen are final. */
  #refresh(reader: SegmentReader): void {
    if (reader.liveness === LIVENESS.lock && this.#libc !== undefined) {
      reader.alive = isLocked(this.#libc, reader.fd)
      return reader.refreshEntries()
    }
    reader.refreshEntries()
    reader.alive = reader.state === STATE.running && isFresh(reader.heartbeatMs, this.#now())
  }
}
