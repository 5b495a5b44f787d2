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

  /** The observation is over. */
  settle(): void {}

  forget(): void {
    this.cells[this.slot] = Number.NaN
  }
}

/**
 * The series of everything above a limit. What an observation says of many sets of attributes is added up and
 * stored when it is over, so that nobody sees half of it; a gauge says the last, like any.
 */
export class ObservedOverflowSeries extends ObservedSeries {
  readonly #monotonic: boolean
  readonly #overflowed: () => void
  #sum = 0

  constructor(
    text: string,
    range: { cells: Float64Array; slot: number },
    { monotonic, overflowed }: { monotonic: boolean; overflowed: () => void },
  ) {
    super(text, range)
    this.#monotonic = monotonic
    this.#overflowed = overflowed
  }

  override observe(value: number, nowMs: number, observation: number, timed: boolean): void {
    this.#overflowed()
    if (timed) return super.observe(value, nowMs, observation, timed)
    this.#sum = observation === this.observation ? this.#sum + value : value
    this.observation = observation
    this.#pending = true
  }

  /** A counter that was not asked about everything this time must not fall. */
  override settle(): void {
    if (!this.#pending) return
    this.#pending = false
    const { cells, slot } = this
    const before = cells[slot]
    cells[slot] = this.#monotonic && before > this.#sum ? before : this.#sum
  }

  #pending = false
}
