import { closeSync, readdirSync, renameSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { FOLD_LOCK, LEDGER, NEWBORN_PREFIX } from '../directory/files.ts'
import { tryLock } from '../directory/lock.ts'
import { createNewborn } from '../directory/newborn.ts'
import { mergeResources } from '../merge/merge.ts'
import { mergeDead } from '../merge/merge-dead.ts'
import { countFolded } from '../merge/writer-lives.ts'
import type { Libc } from '../segment/libc.ts'
import type { DirectoryReader, Snapshot } from '../snapshot/directory-reader.ts'
import { writeLedger } from './write-ledger.ts'

/** A newborn this old has lost its maker: making one takes milliseconds. */
const NEWBORN_TIMEOUT_MS = 60_000

/**
 * Moves the totals of dead writers into the ledger and removes their segments. Returns how many were folded.
 *
 * Exactly once, whenever we are killed: the new ledger names the segments it contains and takes the old one's
 * place in one step; only then are they removed. A reader skips a segment that the ledger names, and the next
 * fold removes what we did not get to. The lock is for folders only; readers never wait for it.
 */
export function foldDead(reader: DirectoryReader, libc: Libc, now: () => number = Date.now): number {
  const { directory } = reader
  const lock = tryLock(libc, join(directory, FOLD_LOCK))
  if (lock === undefined) return 0
  try {
    const snapshot = reader.read()
    const remaining = removeAll(snapshot.leftovers)
    const dead = snapshot.segments.filter(segment => !segment.alive)
    if (dead.length === 0) return 0

    replaceLedger(directory, { ...snapshot, segments: dead, leftovers: remaining }, snapshot, now())
    removeAll(dead)
    removeAbandoned(directory, now())
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
  const newborn = createNewborn(directory)
  try {
    writeLedger(newborn.fd, {
      streams: [...merge.streams.values()].filter(({ definition }) => definition.keepDead),
      resource: mergeResources(ended),
      folded: [...ended.segments, ...ended.leftovers].map(each => each.id),
      startTimeMs: Math.min(nowMs, ...startTimes),
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

function removeAbandoned(directory: string, nowMs: number): void {
  const newborns = readdirSync(directory).filter(name => name.startsWith(NEWBORN_PREFIX))
  const files = newborns.map(name => ({ path: join(directory, name) }))
  removeAll(files.filter(({ path }) => nowMs - mtimeMs(path, nowMs) > NEWBORN_TIMEOUT_MS))
}

function mtimeMs(path: string, otherwise: number): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? otherwise
}

/** Returns what could not be removed: the next ledger must name it again. */
function removeAll<File extends { path: string }>(files: readonly File[]): File[] {
  return files.filter(({ path }) => {
    try {
      unlinkSync(path)
      return false
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT'
    }
  })
}
