import { randomBytes } from 'node:crypto'
import { closeSync, constants, ftruncateSync, openSync, readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { HeapMemory } from '../segment/heap-memory.ts'
import { FIRST_BYTES, HEARTBEAT_TIMEOUT_MS, LIVENESS } from '../segment/layout.ts'
import { type Libc, loadLibc } from '../segment/libc.ts'
import { MappedMemory } from '../segment/mapped-memory.ts'
import { SegmentWriter, type WriterIdentity, writeIdentity } from '../segment/writer.ts'
import {
  EXPORTED_PREFIX,
  EXPOSER_ADDRESS,
  EXPOSER_LOCK,
  JOIN_LOCK,
  LEDGER,
  NEWBORN_PREFIX,
  workerOf,
} from './files.ts'
import { isPathLocked, waitForLock } from './lock.ts'
import { createNewborn, nameSegment } from './newborn.ts'
import { secureDirectory } from './secure.ts'

export interface JoinOptions {
  readonly warn: (line: string) => void
  readonly nowMs?: number
  /** `heap` takes the store for platforms without mapping although mapping is there. */
  readonly store?: 'mapped' | 'heap'
}

/** Longer than any process needs to join; a stopped one must not hold up the app. */
const JOIN_TIMEOUT_MS = 1_000

/**
 * Makes this thread a writer of the directory: finds out whether a run is going on, clears away what an ended
 * one left, then creates, locks and names a segment.
 *
 * Never throws: without a usable directory the segment lives in private memory, and one line says so.
 */
export function joinDirectory(directory: string, options: JoinOptions): SegmentWriter {
  const loaded = options.store === 'heap' ? { unavailable: 'the heap store was asked for' } : loadLibc()
  try {
    secureDirectory(directory)
    if ('libc' in loaded) return joinMapped(directory, loaded.libc, options)
    options.warn(`${loaded.unavailable}: metrics are written out every second instead of shared at once.`)
    return joinOnHeap(directory, options)
  } catch (error) {
    const why = (error as Error).message.replace(/\.$/, '')
    options.warn(`${why}. The metrics of this process are kept in private memory, off the page.`)
    return alone(options)
  }
}

function joinMapped(directory: string, libc: Libc, options: JoinOptions): SegmentWriter {
  const lock = waitForLock(libc, join(directory, JOIN_LOCK), JOIN_TIMEOUT_MS)
  try {
    // Without the lock somebody else is joining: the run is alive, and there is nothing to clear.
    if (lock !== undefined && !isRunning(directory, libc)) clearEndedRun(directory)
    return createMapped(directory, libc, options)
  } finally {
    lock?.release()
  }
}

/** A run goes on while anybody writes a segment or exposes the page. */
function isRunning(directory: string, libc: Libc): boolean {
  return claims(directory).some(name => isPathLocked(libc, join(directory, name)))
}

function claims(directory: string): string[] {
  return readdirSync(directory).filter(name => name === EXPOSER_LOCK || workerOf(name) !== undefined)
}

const LEFT_PREFIXES = [NEWBORN_PREFIX, EXPORTED_PREFIX]

function clearEndedRun(directory: string): void {
  for (const name of readdirSync(directory)) {
    const isLeft =
      name === LEDGER || name === EXPOSER_ADDRESS || LEFT_PREFIXES.some(each => name.startsWith(each))
    if (isLeft || workerOf(name) !== undefined) unlinkSync(join(directory, name))
  }
}

/** Create, lock, allocate, then name: no reader ever sees an unlocked or half-made segment. */
function createMapped(directory: string, libc: Libc, options: JoinOptions): SegmentWriter {
  const newborn = createNewborn(directory)
  let fd: number | undefined
  try {
    libc.lock(newborn.fd, 'exclusive')
    fd = openSync(newborn.path, constants.O_RDWR | constants.O_NOFOLLOW)
    libc.allocate(fd, 0, FIRST_BYTES)
    const first = libc.map(fd, 0, FIRST_BYTES)
    const identity = nameSegment(directory, newborn.path, worker => {
      const candidate = newIdentity(LIVENESS.lock, worker, options)
      writeIdentity(first, candidate)
      return candidate
    })
    const file = { libc, fd, lockFd: newborn.fd, bytes: FIRST_BYTES }
    return new SegmentWriter(new MappedMemory(identity, file, options.warn), first)
  } catch (error) {
    closeSync(newborn.fd)
    if (fd !== undefined) closeSync(fd)
    throw error
  } finally {
    newborn.forget()
  }
}

/** Without locks the file's time of change is the sign of life. */
function joinOnHeap(directory: string, options: JoinOptions): SegmentWriter {
  const nowMs = options.nowMs ?? Date.now()
  const running = claims(directory).some(
    name => nowMs - statSync(join(directory, name)).mtimeMs < HEARTBEAT_TIMEOUT_MS,
  )
  if (!running) clearEndedRun(directory)

  const newborn = createNewborn(directory)
  try {
    const first = new ArrayBuffer(FIRST_BYTES)
    ftruncateSync(newborn.fd, FIRST_BYTES)
    let writer: SegmentWriter | undefined
    nameSegment(directory, newborn.path, worker => {
      const identity = newIdentity(LIVENESS.heartbeat, worker, options)
      writeIdentity(first, identity)
      writer = new SegmentWriter(new HeapMemory(identity, first, newborn.fd, options.warn), first)
      writer.beat(nowMs, 0)
      return identity
    })
    return writer!
  } catch (error) {
    closeSync(newborn.fd)
    throw error
  } finally {
    newborn.forget()
  }
}

function alone(options: JoinOptions): SegmentWriter {
  const identity = newIdentity(LIVENESS.none, 0, options)
  const first = new ArrayBuffer(FIRST_BYTES)
  writeIdentity(first, identity)
  return new SegmentWriter(new HeapMemory(identity, first, undefined, options.warn), first)
}

function newIdentity(liveness: number, worker: number, options: JoinOptions): WriterIdentity {
  const startTimeMs = options.nowMs ?? Date.now()
  return { id: randomBytes(16), liveness, worker, startTimeMs, pid: process.pid, threadId }
}
