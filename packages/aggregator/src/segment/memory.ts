import type { WriterIdentity } from './identity.ts'

/**
 * Where a segment's bytes live: the one seam between what is recorded and the platform.
 * `MappedMemory` is a file mapped into this process, `HeapMemory` private memory written out now and then.
 */
export interface SegmentMemory {
  readonly identity: WriterIdentity
  /**
   * The next `bytes` of the segment, zeroed, or undefined when there is no room: the writer then records into
   * private memory until there is. Never throws.
   */
  extend(bytes: number): ArrayBuffer | undefined
  /** Called at every observation: the time to write out what is not shared yet. Never throws. */
  flush(): void
  /** The writer ends: gives up its claim to be alive. What was recorded stays readable until it is folded. */
  end(): void
}

/** What of private cells has been folded already, of a writer that was taken for a dead one. */
export interface FoldedPart {
  /** Takes off the cells in `regions` what the file `fd` held, and closes it. */
  takeOff(fd: number, regions: readonly Uint8Array<ArrayBuffer>[]): void
  /** A region as it is written out. @param begin where it is in the file. */
  without(region: Uint8Array<ArrayBuffer>, begin: number): Uint8Array
}
