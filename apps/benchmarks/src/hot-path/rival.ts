import type { Totals } from './expected.ts'
import type { Operation } from './workload.ts'

/** One peer in its own process. An operation it does not offer is left out. */
export interface Rival {
  operations: Partial<Record<Operation, (calls: number) => void>>
  /** Uses several other instruments, each with attributes of another shape, as the rest of an app would have. */
  useOtherInstruments(): void
  /** Where its processes meet, if they do. */
  directory?: string
  read(): Promise<Totals>
  stop(): Promise<void>
}
