import { STATE } from '../../segment/layout.ts'
import type { SegmentReader } from '../../snapshot/segment-reader.ts'
import { writerFigures } from './writer-figures.ts'

/** The last writer that had a number, and what became of those before it. */
export interface Death {
  readonly id: string
  readonly worker: number
  readonly pid: number
  readonly threadId: number
  readonly state: 'ended' | 'killed'
  readonly atMs: number
  /** Writers of this number that ended, in order or not, since this exposer began. */
  endings: number
  /** Of those: without saying so. */
  crashes: number
}

/** More numbers than people look at are not remembered. */
const MAX_NUMBERS = 256

/** Who died while this exposer looked on: folding leaves only their totals. */
export class Deaths {
  readonly #last: Map<number, Death> = new Map()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Told of the same dead again it counts them once. */
  note(segments: readonly SegmentReader[]): void {
    for (const segment of segments) {
      const { id, worker } = segment
      const before = this.#last.get(worker)
      if (before?.id === id || (before === undefined && this.#last.size >= MAX_NUMBERS)) continue
      const state = segment.state === STATE.ended ? 'ended' : 'killed'
      const { pid, threadId } = writerFigures(segment)
      const [endings = 0, crashes = 0] = [before?.endings, before?.crashes]
      this.#last.set(worker, {
        ...{ id, worker, pid, threadId, state },
        atMs: this.#now(),
        endings: endings + 1,
        crashes: crashes + (state === 'killed' ? 1 : 0),
      })
    }
  }

  of(worker: number): Death | undefined {
    return this.#last.get(worker)
  }

  all(): Iterable<Death> {
    return this.#last.values()
  }
}
