import type { WorkerFigures } from '../rates/workers.ts'

/** A writer, as the exposer's `/-/workers` tells of it. */
export interface WorkerLife extends WorkerFigures {
  readonly worker: number
  readonly threadId: number
  readonly state: 'running' | 'ended' | 'killed'
  readonly ageMs: number
  readonly heartbeatAgeMs: number | null
  readonly crashes: number
  readonly restarts: number
}

export interface WorkerList {
  /** Where the metrics are. */
  readonly page: string
  readonly workers: readonly WorkerLife[]
}
