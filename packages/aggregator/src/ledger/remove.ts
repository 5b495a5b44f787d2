import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isAbandoned } from '../directory/abandoned.ts'
import { NEWBORN_LEDGER_PREFIX, NEWBORN_PREFIX } from '../directory/files.ts'
import { isPathLocked } from '../directory/lock.ts'
import { removeFile } from '../directory/remove-file.ts'
import type { Libc } from '../segment/libc.ts'
import type { BadFile } from '../snapshot/bad-file.ts'

/** Removes newborns whose maker was killed. Only for who holds the lock for folding. */
export function removeAbandoned(directory: string, libc: Libc, nowMs: number): void {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(NEWBORN_PREFIX)) continue
    const path = join(directory, name)
    // One who was making a ledger held the lock that we hold now: he is dead.
    if (name.startsWith(NEWBORN_LEDGER_PREFIX) || isAbandoned(path, libc, nowMs)) removeFile(path)
  }
}

/** Removes files that hold nothing, that nobody holds, and that were seen so at `seenByMs` already. */
export function removeHopeless(damaged: readonly BadFile[], libc: Libc, seenByMs: number): void {
  for (const { path, hopeless, sinceMs } of damaged) {
    if (hopeless && sinceMs <= seenByMs && !isPathLocked(libc, path)) removeFile(path)
  }
}
