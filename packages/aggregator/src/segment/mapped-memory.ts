import { closeSync } from 'node:fs'
import type { Libc } from './libc.ts'
import type { SegmentMemory } from './memory.ts'
import type { WriterIdentity } from './writer.ts'

/**
 * A segment that is a mapped file. A store into it is in the page cache at once: it survives SIGKILL and
 * needs no flush. The file's blocks are allocated before they are mapped, because a store to a hole on a full
 * disk is SIGBUS, which no program survives.
 *
 * Nothing is ever unmapped: a handle that the app still holds must stay writable, even after `end`. The lock has
 * a descriptor of its own, opened separately: a mapping keeps its file open, and would keep the lock held, for as
 * long as the process lives, also when the thread that wrote it is long gone. A thread's descriptors are closed
 * by Node when it ends, however it ends.
 */
export class MappedMemory implements SegmentMemory {
  readonly identity: WriterIdentity
  readonly #libc: Libc
  readonly #fd: number
  readonly #lockFd: number
  readonly #warn: (line: string) => void
  #bytes: number
  #warned = false
  #ended = false

  /** @param bytes how much of the file is allocated and mapped already. */
  constructor(
    identity: WriterIdentity,
    file: { libc: Libc; fd: number; lockFd: number; bytes: number },
    warn: (line: string) => void,
  ) {
    this.identity = identity
    this.#libc = file.libc
    this.#fd = file.fd
    this.#lockFd = file.lockFd
    this.#bytes = file.bytes
    this.#warn = warn
  }

  extend(bytes: number): ArrayBuffer | undefined {
    // The descriptor may be somebody else's file by now.
    if (this.#ended) return undefined
    try {
      this.#libc.allocate(this.#fd, this.#bytes, bytes)
      const memory = this.#libc.map(this.#fd, this.#bytes, bytes)
      this.#bytes += bytes
      return memory
    } catch (error) {
      this.#say(error as Error)
      return undefined
    }
  }

  flush(): void {}

  /** Closing the locked descriptor releases the lock, which is what being alive means. The mapping stays. */
  end(): void {
    this.#ended = true
    closeSync(this.#lockFd)
    closeSync(this.#fd)
  }

  #say(error: Error): void {
    if (this.#warned) return
    this.#warned = true
    this.#warn(
      `the segment could not grow (${error.message}): new series are kept in private memory and join the page ` +
        'when there is room again. Free the memory file system, or set TUTTI_DIR to another directory.',
    )
  }
}
