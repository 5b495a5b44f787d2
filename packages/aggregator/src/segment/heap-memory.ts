import { closeSync, fstatSync, ftruncateSync, writeSync } from 'node:fs'
import { type BornFile, bearOnHeap } from '../directory/birth.ts'
import { type WriterIdentity, writeIdentity } from './identity.ts'
import type { FoldedPart, SegmentMemory } from './memory.ts'

/**
 * A segment that lives in private memory and is written out at every observation and at the end: for platforms
 * without mapping. What was recorded since the last flush dies with a killed process.
 *
 * Without locks a blocked writer can be taken for a dead one, and its segment be folded. When it comes back, it sees
 * that its file is gone, and begins a new one with what the old one did not hold. Its cells then count from there;
 * what is observed goes on from where it was, so of that the part that was folded is taken off each time.
 */
export class HeapMemory implements SegmentMemory {
  readonly #regions: Uint8Array<ArrayBuffer>[]
  readonly #warn: (line: string) => void
  #identity: WriterIdentity
  #directory: string | undefined
  #file: BornFile | undefined
  readonly #folded: FoldedPart | undefined
  #warned = false

  /**
   * Without a directory it is written nowhere: see {@link settle} and {@link writeTo}.
   * @param folded of a segment that may be folded under its writer.
   */
  constructor(
    identity: WriterIdentity,
    first: ArrayBuffer,
    warn: (line: string) => void,
    folded?: FoldedPart,
  ) {
    this.#folded = folded
    this.#identity = identity
    this.#regions = [new Uint8Array(first)]
    this.#warn = warn
  }

  get identity(): WriterIdentity {
    return this.#identity
  }

  /** Makes it a file of the directory, now and whenever it is lost. Throws when that is impossible. */
  settle(directory: string): void {
    this.#directory = directory
    const fill = (fd: number, identity: WriterIdentity) => {
      writeIdentity(this.#regions[0].buffer, identity)
      this.writeTo(fd)
    }
    this.#file = bearOnHeap(directory, fill, this.#identity.startTimeMs)
    this.#identity = this.#file.identity
  }

  extend(bytes: number): ArrayBuffer {
    const region = new ArrayBuffer(bytes)
    this.#regions.push(new Uint8Array(region))
    return region
  }

  flush(): void {
    if (this.#directory === undefined) return
    try {
      if (this.#file !== undefined && fstatSync(this.#file.fd).nlink === 0) this.#lose(this.#file)
      if (this.#file === undefined) this.settle(this.#directory)
      else this.writeTo(this.#file.fd)
    } catch (error) {
      if (!this.#warned)
        this.#warn(
          `the segment could not be written (${(error as Error).message}): its metrics are missing on the page.`,
        )
      this.#warned = true
    }
  }

  end(): void {
    if (this.#file !== undefined) closeSync(this.#file.fd)
  }

  /** Later regions first, the header last: a reader never sees a chunk announced that is not there yet. */
  writeTo(fd: number): void {
    let end = this.#regions.reduce((sum, region) => sum + region.length, 0)
    ftruncateSync(fd, end)
    for (const region of this.#regions.toReversed()) {
      end -= region.length
      const bytes = this.#folded?.without(region, end) ?? region
      writeSync(fd, bytes, 0, bytes.length, end)
    }
  }

  /** The file was folded, or a new run has begun. With the whole directory gone nothing of it was kept anywhere. */
  #lose(file: BornFile): void {
    this.#file = undefined
    if (this.#folded === undefined || !file.isHome()) return closeSync(file.fd)
    this.#folded.takeOff(file.fd, this.#regions)
  }
}
