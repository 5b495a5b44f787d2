import type { MergedSeries } from '../merge/merged-series.ts'
import { MAX_TIME_MS } from '../segment/time.ts'
import type { Beginning } from '../segment/writer.ts'
import { beginningOf } from '../snapshot/beginning.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'

/** When series began, as people tell the time. */
export class CreatedTimes {
  #beginning: Beginning | undefined

  follow(snapshot: Snapshot): void {
    this.#beginning = beginningOf(snapshot)
  }

  /**
   * When the first writer of a series made it, the dead included: whole milliseconds since the epoch. Undefined when
   * no file says so, or says what is no time.
   */
  ofMs({ createdUs }: Pick<MergedSeries, 'createdUs'>): number | undefined {
    if (this.#beginning === undefined || !(createdUs > 0)) return undefined
    const { beganUs, beganMs } = this.#beginning
    const createdMs = Math.floor(beganMs + (createdUs - beganUs) / 1_000)
    return createdMs > 0 && createdMs <= MAX_TIME_MS ? createdMs : undefined
  }
}
