import { type Libc, libcIfThere } from '../segment/libc.ts'
import { Claim } from './claim.ts'
import { type HeldLock, tryLock } from './lock.ts'

/**
 * Of all threads that stand for election with the same file, one is elected, until it resigns or dies. There is no
 * timer: who has something to do only when elected stands each time before doing it.
 */
export interface Election {
  /** Whether this thread is elected, now or from before. Throws the file system's errors. */
  stand(): boolean
  resign(): void
}

export function electionFor(path: string, now: () => number = Date.now): Election {
  const libc = libcIfThere()
  return libc === undefined ? new Claim(path, now) : new LockElection(libc, path)
}

class LockElection implements Election {
  readonly #libc: Libc
  readonly #path: string
  #lock: HeldLock | undefined

  constructor(libc: Libc, path: string) {
    this.#libc = libc
    this.#path = path
  }

  stand(): boolean {
    this.#lock ??= tryLock(this.#libc, this.#path)
    return this.#lock !== undefined
  }

  resign(): void {
    this.#lock?.release()
    this.#lock = undefined
  }
}
