import { closeSync, constants, openSync, readSync } from 'node:fs'
import { HEADER, HEARTBEAT_TIMEOUT_MS, LIVENESS, STATE } from '../segment/layout.ts'
import type { Libc } from '../segment/libc.ts'
import { isLocked } from './lock.ts'

/** The clock may have been set back by this much; what is further ahead is no heartbeat. */
const MAX_CLOCK_STEP_MS = 3_600_000

/** Whether a heartbeat is recent enough to be that of a living writer. One from the far future lives for ever. */
export function isFresh(heartbeatMs: number, nowMs: number): boolean {
  const age = nowMs - heartbeatMs
  return age < HEARTBEAT_TIMEOUT_MS && age > -MAX_CLOCK_STEP_MS
}

/**
 * Whether the writer of a segment lives: it holds the lock, or it is one without locks and has written its
 * heartbeat lately. Who has no locks himself has only heartbeats to go by. Reads nothing but the header.
 */
export function isWriterAlive(path: string, libc: Libc | undefined, nowMs: number): boolean {
  let fd: number
  try {
    // Not waiting: somebody may have put a pipe where a segment should be.
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch {
    return false
  }
  try {
    if (libc !== undefined && isLocked(libc, fd)) return true
    const header = Buffer.alloc(HEADER.chunkTable)
    if (readSync(fd, header, 0, header.length, 0) < header.length) return false
    const hasLock = header.readUInt32LE(HEADER.liveness) === LIVENESS.lock
    if (libc !== undefined && hasLock) return false
    return (
      header.readUInt32LE(HEADER.state) === STATE.running &&
      isFresh(header.readDoubleLE(HEADER.heartbeatMs), nowMs)
    )
  } catch {
    return false
  } finally {
    closeSync(fd)
  }
}
