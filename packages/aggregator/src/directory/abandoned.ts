import { lstatSync } from 'node:fs'
import type { Libc } from '../segment/libc.ts'
import { isPathLocked } from './lock.ts'

/** A newborn this old that nobody holds has lost its maker: making one takes milliseconds. */
const NEWBORN_TIMEOUT_MS = 60_000

/** Whether a newborn has lost its maker. */
export function isAbandoned(path: string, libc: Libc | undefined, nowMs: number): boolean {
  const mtimeMs = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? nowMs
  return nowMs - mtimeMs > NEWBORN_TIMEOUT_MS && !(libc && isPathLocked(libc, path))
}
