/**
 * Rates and quantiles are about so much time, in charts, tables and numbers alike: in a second there are too few
 * requests to say how many or how slow they are.
 */
const WINDOW_MS = 5_000

interface At {
  readonly timeMs: number
}

/** The looks of the last seconds. */
export class Recent<Look extends At> {
  readonly #looks: Look[] = []

  /** Adds a look; returns the one before it, and the oldest within the window. */
  add(look: Look): { previous: Look | undefined; oldest: Look | undefined } {
    const previous = this.#looks.at(-1)
    while (this.#looks.length > 1 && look.timeMs - this.#looks[0].timeMs > WINDOW_MS + 500)
      this.#looks.shift()
    const oldest = this.#looks[0]
    this.#looks.push(look)
    return { previous, oldest }
  }
}
