import { workerRates } from '../rates/workers.ts'
import type { WorkerLife } from '../reading/worker-list.ts'
import { Recent } from './recent.ts'

interface Look {
  readonly timeMs: number
  readonly workers: ReadonlyMap<number, WorkerLife>
}

/** Requests and errors of each worker, a second, over the last seconds. */
export class WorkerRates {
  #rates: Map<number, { requests: number; errors: number }> = new Map()
  readonly #recent: Recent<Look> = new Recent()

  look(workers: readonly WorkerLife[], timeMs: number): void {
    const byNumber = new Map(workers.map(each => [each.worker, each]))
    const { oldest } = this.#recent.add({ timeMs, workers: byNumber })
    const seconds = (timeMs - (oldest?.timeMs ?? timeMs)) / 1_000
    this.#rates = new Map(
      workers
        .filter(({ state }) => state === 'running')
        .map(each => [each.worker, workerRates(oldest?.workers.get(each.worker), each, seconds)]),
    )
  }

  of(worker: number): { requests: number; errors: number } {
    return this.#rates.get(worker) ?? { requests: Number.NaN, errors: Number.NaN }
  }
}

/** An observation comes once a second: one that is so late did not find its event loop free. */
const BLOCKED_AFTER_MS = 1_500
/** A worker that just came is told from the others. */
const NEW_FOR_MS = 10_000

export type Health = 'ok' | 'new' | 'blocked' | 'killed' | 'ended'

export function healthOf({ state, heartbeatAgeMs, ageMs }: WorkerLife): Health {
  if (state !== 'running') return state
  if ((heartbeatAgeMs ?? 0) > BLOCKED_AFTER_MS) return 'blocked'
  return ageMs < NEW_FOR_MS ? 'new' : 'ok'
}
