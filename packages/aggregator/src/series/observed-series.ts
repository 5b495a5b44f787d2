import { Series } from './series.ts'

/**
 * What a callback observed. One cell, the value; a gauge has a second one, when. NaN stands for "not observed in
 * the last observation", and such a series is not on the page.
 */
export class ObservedSeries extends Series {
  /** The observation that saw it last. */
  observation = 0

  observe(value: number, nowMs: number, observation: number, timed: boolean): void {
    const { cells, slot } = this
    if (timed) cells[slot + 1] = nowMs
    cells[slot] = value
    this.observation = observation
  }

  forget(): void {
    this.cells[this.slot] = Number.NaN
  }
}
