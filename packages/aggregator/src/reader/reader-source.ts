import type { Observation } from '../instrument/observer.ts'
import type { MergedDirectory } from './merged-directory.ts'

/** What the readers of one provider read. */
export interface ReaderSource {
  readonly directory: MergedDirectory
  /** Series a stream may have where the reader does not say. */
  readonly cardinalityLimit: number
  /** Runs the observable callbacks of this thread. */
  observe(): Observation
  /** Shares what was observed since. */
  share(): void
  /** Milliseconds since the epoch. */
  now(): number
  /** Whether somebody waits for the readers, and the process must live until they are done. */
  isAwaited(): boolean
}
