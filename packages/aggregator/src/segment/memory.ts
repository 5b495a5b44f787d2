import type { WriterIdentity } from './writer.ts'

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
