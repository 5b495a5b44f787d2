import { closeSync, ftruncateSync, writeSync } from 'node:fs'
import type { SegmentMemory } from './memory.ts'
import type { WriterIdentity } from './writer.ts'

/**
 * A segment that lives in private memory and is written out at every observation and at the end: for platforms
 * without mapping. What was recorded since the last flush dies with a killed process; that is the whole difference.
 */
export class HeapMemory implements SegmentMemory {
  readonly identity: WriterIdentity
  readonly #fd: number | undefined
  readonly #regions: Uint8Array[]
  readonly #warn: (line: string) => void
  #warned = false

  /** @param fd the segment's file, or undefined when there is no directory to write to at all. */
  constructor(
    identity: WriterIdentity,
    first: ArrayBuffer,
    fd: number | undefined,
    warn: (line: string) => void,
  ) {
    this.identity = identity
    this.#fd = fd
    this.#regions = [new Uint8Array(first)]
    this.#warn = warn
  }

  extend(bytes: number): ArrayBuffer {
    const region = new ArrayBuffer(bytes)
    this.#regions.push(new Uint8Array(region))
    return region
  }

  /** Later regions first, the header last: a reader never sees a chunk announced that is not there yet. */
  flush(): void {
    if (this.#fd === undefined) return
    try {
      let end = this.#regions.reduce((sum, region) => sum + region.length, 0)
      ftruncateSync(this.#fd, end)
      for (const region of this.#regions.toReversed()) {
        end -= region.length
        writeSync(this.#fd, region, 0, region.length, end)
      }
    } catch (error) {
      if (this.#warned) return
      this.#warned = true
      this.#warn(
        `the segment could not be written (${(error as Error).message}): its metrics are missing on the page.`,
      )
    }
  }

  end(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
  }
}
