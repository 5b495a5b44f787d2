import type { OpenTransfer } from '../transfers/open-transfers.ts'

// A Redis that was started anew has forgotten its queue, which is then told again.
const againAfterMs = 3_000

/** What this process has told the queue, so that what waits there for its turn is not told with every look. */
export class Announcements {
  readonly #saidAtMs: Map<string, number> = new Map()
  readonly #now: () => number

  /** @param now a clock that nobody sets back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Whether it was told lately. */
  has(transfer: OpenTransfer): boolean {
    const saidAtMs = this.#saidAtMs.get(keyOf(transfer))
    return saidAtMs !== undefined && this.#now() - saidAtMs < againAfterMs
  }

  add(transfer: OpenTransfer): void {
    this.#saidAtMs.set(keyOf(transfer), this.#now())
  }

  /** Forgets all others: one that somebody has taken and let go of is told at once. */
  keepOnly(open: readonly OpenTransfer[]): void {
    const kept = new Set(open.map(keyOf))
    for (const key of this.#saidAtMs.keys()) if (!kept.has(key)) this.#saidAtMs.delete(key)
  }
}

function keyOf({ kind, id }: OpenTransfer): string {
  return `${kind} ${id}`
}
