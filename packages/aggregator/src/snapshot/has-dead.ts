import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isAbandoned } from '../directory/abandoned.ts'
import { isWriterAlive } from '../directory/alive.ts'
import { NEWBORN_PREFIX, workerOf } from '../directory/files.ts'
import type { Libc } from '../segment/libc.ts'

/** Whether the dead have left something: a segment, or one half made. Reads no segment, so it may be asked every second. */
export function hasDead(directory: string, libc: Libc, nowMs: number = Date.now()): boolean {
  return readdirSync(directory).some(name => {
    const path = join(directory, name)
    if (name.startsWith(NEWBORN_PREFIX)) return isAbandoned(path, libc, nowMs)
    return workerOf(name) !== undefined && !isWriterAlive(path, libc, nowMs)
  })
}
