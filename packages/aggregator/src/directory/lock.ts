import { closeSync, constants, openSync } from 'node:fs'
import type { Libc } from '../segment/libc.ts'

/** A lock that this process holds until it releases it or dies. */
export interface HeldLock {
  release(): void
}

const { O_CREAT, O_NOFOLLOW, O_RDWR } = constants

/** Takes the lock on a file of its own, made if it is missing. Undefined when somebody else holds it. */
export function tryLock(libc: Libc, path: string): HeldLock | undefined {
  const fd = openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600)
  if (!libc.lock(fd, 'exclusive')) {
    closeSync(fd)
    return undefined
  }
  return { release: () => closeSync(fd) }
}

/** Tries again every 2 ms; undefined after `timeoutMs`. Blocks the thread: only for locks held for moments. */
export function waitForLock(libc: Libc, path: string, timeoutMs: number): HeldLock | undefined {
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    const lock = tryLock(libc, path)
    if (lock !== undefined || performance.now() >= giveUpAt) return lock
    Atomics.wait(PAUSE, 0, 0, 2)
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4))

/** Whether anybody holds the lock of an open file. Shared, so that two who ask never take each other for a holder. */
export function isLocked(libc: Libc, fd: number): boolean {
  if (!libc.lock(fd, 'shared')) return true
  libc.unlock(fd)
  return false
}

/** Whether anybody holds the lock of a named file. A file that is gone is held by nobody. */
export function isPathLocked(libc: Libc, path: string): boolean {
  let fd: number
  try {
    // Not waiting: somebody may have put a pipe where a segment should be.
    fd = openSync(path, constants.O_RDONLY | O_NOFOLLOW | constants.O_NONBLOCK)
  } catch {
    return false
  }
  try {
    return isLocked(libc, fd)
  } finally {
    closeSync(fd)
  }
}
