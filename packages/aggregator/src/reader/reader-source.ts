import type { InstrumentKind } from '../segment/stream.ts'
import type { MergedDirectory } from './merged-directory.ts'

/** What the readers of one provider read. */
export interface ReaderSource {
  readonly directory: MergedDirectory
  /** Series that are recorded of a kind of instrument where no view sets a limit. */
  recordedLimit(kind: InstrumentKind): number
  /** One observation of this thread, asynchronous callbacks included. Returns what went wrong; never rejects. */
  observe(timeoutMs: number, isAwaited: boolean): Promise<unknown[]>
  /** Milliseconds since the epoch. */
  now(): number
  /** Whether somebody waits for the readers, and the process must live until they are done. */
  isAwaited(): boolean
}
