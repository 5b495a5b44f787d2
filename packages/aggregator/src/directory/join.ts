import { join } from 'node:path'
import { Rebase } from '../ledger/rebase.ts'
import { HeapMemory } from '../segment/heap-memory.ts'
import { writeIdentity } from '../segment/identity.ts'
import { FIRST_BYTES, LIVENESS } from '../segment/layout.ts'
import { type Libc, loadLibc } from '../segment/libc.ts'
import { MappedMemory } from '../segment/mapped-memory.ts'
import { SegmentWriter } from '../segment/writer.ts'
import { bearMapped, newIdentity } from './birth.ts'
import { JOIN_LOCK } from './files.ts'
import { waitForLock } from './lock.ts'
import { clearEndedRun, isRunning } from './run.ts'
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
  const loaded = loadLibc()
  const libc = 'libc' in loaded ? loaded.libc : undefined
  try {
    secureDirectory(directory)
    if (libc !== undefined && options.store !== 'heap')
      return beginning(directory, libc, options, () => joinMapped(directory, libc, options))
    const why = 'libc' in loaded ? 'the heap store was asked for' : loaded.unavailable
    options.warn(`${why}: metrics are written out every second instead of shared at once.`)
    return beginning(directory, libc, options, () => joinOnHeap(directory, options))
  } catch (error) {
    const why = (error as Error).message.replace(/\.$/, '')
    options.warn(`${why}. The metrics of this process are kept in private memory, off the page.`)
    return alone(options)
  }
}

/** Begins a new run if none is going on. With locks one at a time; without them, by looking twice. */
function beginning(
  directory: string,
  libc: Libc | undefined,
  options: JoinOptions,
  create: () => SegmentWriter,
): SegmentWriter {
  const lock = libc && waitForLock(libc, join(directory, JOIN_LOCK), JOIN_TIMEOUT_MS)
  try {
    // Without the lock that there is somebody else is joining: the run is alive, and there is nothing to clear.
    const mayClear = lock !== undefined || libc === undefined
    const nowMs = options.nowMs ?? Date.now()
    if (mayClear && !isRunning(directory, libc, nowMs)) clearEndedRun(directory, libc, nowMs)
    return create()
  } finally {
    lock?.release()
  }
}

function joinMapped(directory: string, libc: Libc, options: JoinOptions): SegmentWriter {
  let first: ArrayBuffer | undefined
  const file = bearMapped(
    directory,
    libc,
    fd => {
      libc.allocate(fd, 0, FIRST_BYTES)
      first = libc.map(fd, 0, FIRST_BYTES)
    },
    identity => writeIdentity(first!, identity),
    options.nowMs ?? Date.now(),
  )
  return new SegmentWriter(new MappedMemory(directory, libc, file, first!, options.warn), first!)
}

function joinOnHeap(directory: string, options: JoinOptions): SegmentWriter {
  const nowMs = options.nowMs ?? Date.now()
  const first = new ArrayBuffer(FIRST_BYTES)
  const memory = new HeapMemory(newIdentity(LIVENESS.heartbeat, 0, nowMs), first, options.warn, new Rebase())
  const writer = new SegmentWriter(memory, first)
  writer.beat(nowMs, 0)
  memory.settle(directory)
  return writer
}

function alone(options: JoinOptions): SegmentWriter {
  const identity = newIdentity(LIVENESS.none, 0, options.nowMs ?? Date.now())
  const first = new ArrayBuffer(FIRST_BYTES)
  writeIdentity(first, identity)
  return new SegmentWriter(new HeapMemory(identity, first, options.warn), first)
}
