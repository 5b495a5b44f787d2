import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Libc } from '../segment/libc.ts'
import { isAbandoned } from './abandoned.ts'
import { isWriterAlive } from './alive.ts'
import {
  EXPORTED_PREFIX,
  EXPOSER_ADDRESS,
  EXPOSER_LOCK,
  FOLD_LOCK,
  LEDGER,
  NEWBORN_PREFIX,
  workerOf,
} from './files.ts'
import { isPathLocked, waitForLock } from './lock.ts'
import { removeFile } from './remove-file.ts'

/** Longer than any fold needs; a stopped one must not hold up the app. */
const FOLD_TIMEOUT_MS = 1_000

/** A run goes on while anybody writes a segment or exposes the page. */
export function isRunning(directory: string, libc: Libc | undefined, nowMs: number): boolean {
  return readdirSync(directory).some(name => {
    const path = join(directory, name)
    if (name === EXPOSER_LOCK) return libc !== undefined && isPathLocked(libc, path)
    return workerOf(name) !== undefined && isWriterAlive(path, libc, nowMs)
  })
}

/**
 * Removes what a run that has ended left. Not while somebody folds: he would put a ledger of the ended run in place
 * again. Every file is looked at once more: without locks somebody else may have begun the new run before us.
 */
export function clearEndedRun(directory: string, libc: Libc | undefined, nowMs: number): void {
  const lock = libc && waitForLock(libc, join(directory, FOLD_LOCK), FOLD_TIMEOUT_MS)
  if (libc !== undefined && lock === undefined) return
  try {
    for (const name of readdirSync(directory)) {
      const path = join(directory, name)
      if (isLeft(name, path, libc, nowMs)) removeFile(path)
    }
  } finally {
    lock?.release()
  }
}

function isLeft(name: string, path: string, libc: Libc | undefined, nowMs: number): boolean {
  if (name === LEDGER || name === EXPOSER_ADDRESS || name.startsWith(EXPORTED_PREFIX)) return true
  if (name.startsWith(NEWBORN_PREFIX)) return isAbandoned(path, libc, nowMs)
  return workerOf(name) !== undefined && !isWriterAlive(path, libc, nowMs)
}
