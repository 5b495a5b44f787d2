import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { workerOf } from '../directory/files.ts'
import { isPathLocked } from '../directory/lock.ts'
import type { Libc } from '../segment/libc.ts'

/** Whether a segment's writer is gone. Reads no segment, so it may be asked every second. */
export function hasDead(directory: string, libc: Libc): boolean {
  const segments = readdirSync(directory).filter(name => workerOf(name) !== undefined)
  return segments.some(name => !isPathLocked(libc, join(directory, name)))
}
