import { closeSync, lstatSync, renameSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { FOLD_LOCK, LEDGER } from '../directory/files.ts'
import { tryLock } from '../directory/lock.ts'
import { createNewborn } from '../directory/newborn.ts'
import { mergeResources } from '../merge/merge.ts'
import { mergeDead } from '../merge/merge-dead.ts'
import { countFolded } from '../merge/writer-lives.ts'
import type { Libc } from '../segment/libc.ts'
import { beginningOf } from '../snapshot/beginning.ts'
import type { DirectoryReader, Snapshot } from '../snapshot/directory-reader.ts'
import type { SegmentReader } from '../snapshot/segment-reader.ts'
import { removeAbandoned, removeHopeless } from './remove.ts'
import { writeLedger } from './write-ledger.ts'

/** What is damaged stays on the page, counted, for this long: then what can be read of it is folded, the rest goes. */
const DAMAGE_SHOWN_MS = 300_000

/**
 * Moves the totals of dead writers into the ledger and removes their segments, and whatever else the dead left.
 * Returns how many were folded.
 *
 * Exactly once, whenever we are killed: the new ledger names the segments it contains and takes the old one's
 * place in one step; only then are they removed. A reader skips a segment that the ledger names, and the next
 * fold removes what we did not get to. The lock is for folders, and for who clears away an ended run; readers never
 * wait for it.
 */
export function foldDead(
  reader: DirectoryReader,
  libc: Libc,
  now: () => number = Date.now,
  onFolded: (dead: readonly SegmentReader[]) => void = () => {},
): number {
  const { directory } = reader
  const lock = tryLock(libc, join(directory, FOLD_LOCK))
  if (lock === undefined) return 0
  try {
    const snapshot = reader.read()
    removeAbandoned(directory, libc, now())
    removeHopeless(snapshot.damaged, libc, now() - DAMAGE_SHOWN_MS)
    // Another version's ledger may hold more than we know of.
    if (!snapshot.replaceable) return 0
    const remaining = removeAll(snapshot.leftovers)
    const dead = snapshot.segments.filter(
      ({ alive, damage, damagedSinceMs }) =>
        !alive && (damage === undefined || damagedSinceMs <= now() - DAMAGE_SHOWN_MS),
    )
    if (dead.length === 0) return 0

    replaceLedger(directory, { ...snapshot, segments: dead, leftovers: remaining }, snapshot, now())
    removeAll(dead)
    onFolded(dead)
    return dead.length
  } finally {
    lock.release()
  }
}

function replaceLedger(directory: string, ended: Snapshot, everybody: Snapshot, nowMs: number): void {
  const merge = mergeDead(ended, everybody)
  const startTimes = [...ended.segments, ...(ended.ledger ? [ended.ledger] : [])].map(
    each => each.startTimeMs,
  )
  const newborn = createNewborn(directory, 'ledger')
  try {
    writeLedger(newborn.fd, {
      streams: [...merge.streams.values()].filter(({ definition }) => definition.keepDead),
      resource: mergeResources(ended),
      folded: [...ended.segments, ...ended.leftovers].map(each => each.id),
      startTimeMs: Math.min(nowMs, ...startTimes),
      beginning: beginningOf(ended),
      ...countFolded(ended),
    })
    renameSync(newborn.path, join(directory, LEDGER))
  } catch (error) {
    newborn.forget()
    throw error
  } finally {
    closeSync(newborn.fd)
  }
}

/** Returns what could not be removed: the next ledger must name it again. */
function removeAll<File extends { path: string; inode: bigint }>(files: readonly File[]): File[] {
  return files.filter(({ path, inode }) => {
    try {
      // Somebody who had to join without the lock may have taken over the name.
      if (lstatSync(path, { bigint: true }).ino === inode) unlinkSync(path)
      return false
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT'
    }
  })
}
