import { setTimeout as wait } from 'node:timers/promises'

/** How one part of the outside world misbehaves, until it is told otherwise. */
export interface Fault {
  /** Each answer takes so much longer. */
  latencyMs?: number
  /** The share of requests that fail, 0 to 1, spread evenly: 0.25 is every fourth. */
  errorRate?: number
  /** What they fail with; 500 if it is not said. */
  status?: number
  /** Takes requests and never answers. */
  hang?: boolean
  /** Breaks each connection. */
  down?: boolean
}

export type FaultOutcome = 'none' | 'hang' | 'down' | { status: number }

export interface Faults {
  set(part: string, fault: Fault): void
  clear(): void
  /** Waits as long as the part is slow, and says how this request of it fails. */
  apply(part: string): Promise<FaultOutcome>
}

export function createFaults(): Faults {
  const byPart = new Map<string, { fault: Fault; due: number }>()
  return {
    set: (part, fault) => void byPart.set(part, { fault, due: 0 }),
    clear: () => byPart.clear(),
    async apply(part): Promise<FaultOutcome> {
      const entry = byPart.get(part)
      if (entry === undefined) return 'none'
      const { latencyMs, errorRate = 0, status = 500, hang, down } = entry.fault
      if (down) return 'down'
      if (hang) return 'hang'
      if (latencyMs !== undefined) await wait(latencyMs)
      entry.due += errorRate
      // A sum of tenths is not exactly 1.
      if (entry.due < 1 - 1e-9) return 'none'
      entry.due -= 1
      return { status }
    },
  }
}
