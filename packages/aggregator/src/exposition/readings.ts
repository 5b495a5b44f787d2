/** Somebody who reads a page that was written. */
export interface Reading {
  readonly isOver: boolean
}

/** Of one who took a copy of all of it. */
export const NO_READING: Reading = { isOver: true }

/** Which of the pages that were written somebody still reads. They are numbered from 1. */
export class Readings {
  #count = 0
  #readings: { readonly page: number; readonly reading: Reading }[] = []

  /** The number of the last page that somebody still reads; 0: none. */
  get last(): number {
    this.#readings = this.#readings.filter(({ reading }) => !reading.isOver)
    return this.#readings.at(-1)?.page ?? 0
  }

  /** Returns the number of a new page. */
  add(reading: Reading): number {
    this.#count++
    this.#readings.push({ page: this.#count, reading })
    return this.#count
  }
}
