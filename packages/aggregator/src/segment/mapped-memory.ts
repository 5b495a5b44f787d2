import { closeSync, fstatSync, writeSync } from 'node:fs'
import { type BornFile, bearMapped } from '../directory/birth.ts'
import { type WriterIdentity, writeIdentity } from './identity.ts'
import type { Libc } from './libc.ts'
import type { SegmentMemory } from './memory.ts'
import { rememberMapping } from './thread-mappings.ts'

/**
 * A segment that is a mapped file. A store into it is in the page cache at once: it survives SIGKILL and
 * needs no flush. The file's blocks are allocated before they are mapped, because a store to a hole on a full
 * disk is SIGBUS, which no program survives.
 *
 * Nothing is unmapped while its thread lives: a handle that the app still holds must stay writable, even after
 * `end`. The lock has a descriptor of its own, opened separately: a mapping keeps its file open, and would keep the
 * lock held, for as long as it is there, also when the thread that wrote it is gone. A thread's descriptors are
 * closed by Node when it ends, however it ends.
 */
export class MappedMemory implements SegmentMemory {
  readonly #directory: string
  readonly #libc: Libc
  readonly #warn: (line: string) => void
  readonly #regions: ArrayBuffer[] = []
  #file: BornFile
  #bytes = 0
  readonly #said: Set<'full' | 'removed'> = new Set()
  #ended = false

  /** @param first the file's first bytes, mapped. */
  constructor(
    directory: string,
    libc: Libc,
    file: BornFile,
    first: ArrayBuffer,
    warn: (line: string) => void,
  ) {
    this.#directory = directory
    this.#libc = libc
    this.#file = file
    this.#warn = warn
    this.#keep(first)
  }

  get identity(): WriterIdentity {
    return this.#file.identity
  }

  extend(bytes: number): ArrayBuffer | undefined {
    // The descriptor may be somebody else's file by now.
    if (this.#ended) return undefined
    try {
      this.#libc.allocate(this.#file.fd, this.#bytes, bytes)
      const memory = this.#libc.map(this.#file.fd, this.#bytes, bytes)
      this.#keep(memory)
      return memory
    } catch (error) {
      this.#say(
        'full',
        `the segment could not grow (${(error as Error).message}): new series are kept in private memory and join ` +
          'the page when there is room again. Free the memory file system, or set TUTTI_DIR to another directory.',
      )
      return undefined
    }
  }

  /** There is nothing to write out; but somebody may have removed the directory under us. */
  flush(): void {
    try {
      if (fstatSync(this.#file.fd).nlink === 0) this.#move()
    } catch (error) {
      this.#say(
        'removed',
        `the segment was removed and could not be made again (${(error as Error).message}): its metrics are missing ` +
          'on the page. They are still counted, and come back when it can.',
      )
    }
  }

  /** Closing the locked descriptor releases the lock, which is what being alive means. The mapping stays. */
  end(): void {
    this.#ended = true
    closeSync(this.#file.lockFd)
    closeSync(this.#file.fd)
  }

  /**
   * Moves into a new file: filled, then mapped where the old one was, then named. No handle notices; nobody but this
   * thread writes, so nothing is stored in between.
   */
  #move(): void {
    const before = this.#file
    const fill = (fd: number) => {
      this.#libc.allocate(fd, 0, this.#bytes)
      let at = 0
      for (const region of this.#regions)
        at += writeSync(fd, new Uint8Array(region), 0, region.byteLength, at)
      at = 0
      for (const region of this.#regions) {
        this.#libc.remap(region, fd, at)
        at += region.byteLength
      }
    }
    const sign = (identity: WriterIdentity) => writeIdentity(this.#regions[0], identity)
    this.#file = bearMapped(this.#directory, this.#libc, fill, sign, before.identity.startTimeMs)
    closeSync(before.lockFd)
    closeSync(before.fd)
    this.#warn(
      `the segment ${before.identity.worker} was removed by somebody: its metrics are back in a new one.`,
    )
  }

  #keep(memory: ArrayBuffer): void {
    this.#regions.push(memory)
    this.#bytes += memory.byteLength
    rememberMapping(this.#libc, memory)
  }

  /** Once of each: an error may name another file every time. */
  #say(what: 'full' | 'removed', line: string): void {
    if (!this.#said.has(what)) this.#warn(line)
    this.#said.add(what)
  }
}
