import { closeSync, constants, lstatSync, openSync } from 'node:fs'
import { threadId } from 'node:worker_threads'
import type { WriterIdentity } from '../segment/identity.ts'
import { LIVENESS } from '../segment/layout.ts'
import type { Libc } from '../segment/libc.ts'
import { createNewborn, nameSegment } from './newborn.ts'
import { randomBytes } from './random.ts'
import { secureDirectory } from './secure.ts'

/** A segment's file, and the directory that it was born in. */
export interface BornFile {
  readonly identity: WriterIdentity
  readonly fd: number
  /** Mapped: the descriptor that holds the lock. */
  readonly lockFd: number
  /** Whether the directory is still the one it was, with the ledger that may have taken in the segment. */
  isHome(): boolean
}

/**
 * Makes a file that is locked before anybody can see it: create, lock, fill, then name.
 * @param fill gives it its bytes. @param sign writes the identity into them; may be called more than once.
 */
export function bearMapped(
  directory: string,
  libc: Libc,
  fill: (fd: number) => void,
  sign: (identity: WriterIdentity) => void,
  nowMs: number,
): BornFile {
  secureDirectory(directory)
  const newborn = createNewborn(directory)
  let fd: number | undefined
  try {
    libc.lock(newborn.fd, 'exclusive')
    fd = openSync(newborn.path, constants.O_RDWR | constants.O_NOFOLLOW)
    fill(fd)
    const identity = nameSegment(directory, newborn.path, worker =>
      signed(sign, newIdentity(LIVENESS.lock, worker, nowMs)),
    )
    return { identity, fd, lockFd: newborn.fd, isHome: homeOf(directory) }
  } catch (error) {
    closeSync(newborn.fd)
    if (fd !== undefined) closeSync(fd)
    throw error
  } finally {
    newborn.forget()
  }
}

/** The same without locks. @param fill writes all bytes, the identity included; may be called more than once. */
export function bearOnHeap(
  directory: string,
  fill: (fd: number, identity: WriterIdentity) => void,
  nowMs: number,
): BornFile {
  secureDirectory(directory)
  const newborn = createNewborn(directory)
  try {
    const identity = nameSegment(directory, newborn.path, worker =>
      signed(each => fill(newborn.fd, each), newIdentity(LIVENESS.heartbeat, worker, nowMs)),
    )
    return { identity, fd: newborn.fd, lockFd: newborn.fd, isHome: homeOf(directory) }
  } catch (error) {
    closeSync(newborn.fd)
    throw error
  } finally {
    newborn.forget()
  }
}

export function newIdentity(liveness: number, worker: number, nowMs: number): WriterIdentity {
  return { id: randomBytes(16), liveness, worker, startTimeMs: nowMs, pid: process.pid, threadId }
}

function signed(sign: (identity: WriterIdentity) => void, identity: WriterIdentity): WriterIdentity {
  sign(identity)
  return identity
}

function homeOf(directory: string): () => boolean {
  const { ino } = lstatSync(directory, { bigint: true })
  return () => lstatSync(directory, { bigint: true, throwIfNoEntry: false })?.ino === ino
}
