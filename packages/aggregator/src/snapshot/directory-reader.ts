import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FOLD_LOCK, LEDGER, workerOf } from '../directory/files.ts'
import { isLocked, waitForLock } from '../directory/lock.ts'
import { HEARTBEAT_TIMEOUT_MS, LIVENESS, STATE } from '../segment/layout.ts'
import { type Libc, loadLibc } from '../segment/libc.ts'
import { SegmentError, SegmentReader } from './segment-reader.ts'

/** All segments and the ledger of a directory, read once and consistent with each other. */
export interface Snapshot {
  readonly ledger: SegmentReader | undefined
  /** Those that the ledger does not contain. */
  readonly segments: readonly SegmentReader[]
  /** Segments whose totals are in the ledger but whose files are still there. */
  readonly leftovers: readonly SegmentReader[]
  /** Paths of files that have a segment's name but are none that this version reads. */
  readonly damaged: readonly string[]
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
  #ledger: SegmentReader | undefined
  #ledgerStamp: string | undefined

  constructor(directory: string, now: () => number = Date.now) {
    this.directory = directory
    this.#now = now
    const loaded = loadLibc()
    this.#libc = 'libc' in loaded ? loaded.libc : undefined
  }

  /**
   * A segment is either in the ledger or a file of its own, and moves from one to the other while we read. The
   * ledger is put in place before the segments it contains are removed: if it is the same before and after, we
   * have seen every segment exactly once. If not, we start over; after several times we keep folders out.
   * Throws when the directory is gone.
   */
  read(): Snapshot {
    for (let attempt = 0; attempt < OPTIMISTIC_ATTEMPTS; attempt++) {
      const snapshot = this.#tryRead()
      if (snapshot !== undefined) return snapshot
    }
    const path = join(this.directory, FOLD_LOCK)
    const lock = this.#libc && waitForLock(this.#libc, path, FOLD_TIMEOUT_MS)
    try {
      const snapshot = this.#tryRead()
      if (snapshot !== undefined) return snapshot
      throw new Error(`${this.directory}: the ledger changes faster than it can be read`)
    } finally {
      lock?.release()
    }
  }

  close(): void {
    for (const reader of this.#open.values()) reader.close()
    this.#open.clear()
    this.#ledger?.close()
    this.#ledger = undefined
    this.#ledgerStamp = undefined
  }

  #tryRead(): Snapshot | undefined {
    const stamp = this.#stampLedger()
    if (!this.#openLedger(stamp)) return undefined
    const damaged = this.#openSegments()

    const segments: SegmentReader[] = []
    const leftovers: SegmentReader[] = []
    for (const [name, reader] of this.#open) {
      if (this.#ledger?.folded.has(reader.id)) {
        leftovers.push(reader)
        continue
      }
      try {
        this.#refresh(reader)
        segments.push(reader)
      } catch (error) {
        if (!(error instanceof SegmentError)) throw error
        damaged.push(reader.path)
        this.#open.delete(name)
        reader.close()
      }
    }
    if (this.#stampLedger() !== stamp) return undefined
    return { ledger: this.#ledger, segments, leftovers, damaged }
  }

  /** Names one version of the ledger; undefined when there is none. */
  #stampLedger(): string | undefined {
    const stat = statSync(join(this.directory, LEDGER), { bigint: true, throwIfNoEntry: false })
    return stat && `${stat.ino}.${stat.mtimeNs}.${stat.size}`
  }

  /** False when the ledger was replaced in between. */
  #openLedger(stamp: string | undefined): boolean {
    if (stamp === this.#ledgerStamp) return true
    this.#ledger?.close()
    this.#ledger = undefined
    this.#ledgerStamp = undefined
    if (stamp !== undefined) {
      try {
        this.#ledger = new SegmentReader(join(this.directory, LEDGER))
        this.#ledger.refresh()
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
        if (!(error instanceof SegmentError)) throw error
        // A damaged ledger is not believed; what the living say is still right.
      }
    }
    this.#ledgerStamp = stamp
    return true
  }

  /** Opens what is new, closes what is gone or replaced. Returns the paths of what could not be read. */
  #openSegments(): string[] {
    const damaged: string[] = []
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
        this.#open.set(name, new SegmentReader(path))
      } catch (error) {
        // Gone since it was listed: the ledger has changed too, and the read starts over.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') damaged.push(path)
      }
    }
    return damaged
  }

  /** A worker number is reused, so a name may stand for another file than it did. */
  #isSameFile(reader: SegmentReader): boolean {
    return statSync(reader.path, { bigint: true, throwIfNoEntry: false })?.ino === reader.inode
  }

  /** Alive first, cells second: cells that are read after a death was seen are final. */
  #refresh(reader: SegmentReader): void {
    if (reader.liveness === LIVENESS.lock && this.#libc !== undefined) {
      reader.alive = isLocked(this.#libc, reader.fd)
      return reader.refresh()
    }
    reader.refresh()
    reader.alive = reader.state === STATE.running && this.#now() - reader.heartbeatMs < HEARTBEAT_TIMEOUT_MS
  }
}
