import type { Reading } from '../exposition/readings.ts'

/** The pages that are in memory because somebody is still being sent them. */
export class Pages {
  heldCount = 0
}

/** A page that grows slice by slice, and who reads it. */
export class Page implements Reading {
  readonly slices: Buffer[] = []
  /** So many bytes are there. */
  bytes = 0
  /** Whether no more slices come. */
  isWhole = false
  /** Told whenever there is more of the page, and when it is whole. */
  readonly #readers: (() => void)[] = []
  readonly #pages: Pages
  #holders = 0

  constructor(pages: Pages) {
    this.#pages = pages
  }

  /** Whether everybody is done with it: the memory that it stands in may be written to again. */
  get isOver(): boolean {
    return this.#holders === 0
  }

  add(slice: Buffer): void {
    this.slices.push(slice)
    this.bytes += slice.length
    for (const tell of this.#readers) tell()
  }

  end(): void {
    this.isWhole = true
    for (const tell of this.#readers) tell()
  }

  onMore(tell: () => void): void {
    this.#readers.push(tell)
  }

  holdWhile(act: () => void): void {
    this.hold()
    try {
      act()
    } finally {
      this.release()
    }
  }

  /** One more reads it. */
  hold(): void {
    if (this.#holders++ === 0) this.#pages.heldCount++
  }

  /** One is done with it. */
  release(): void {
    if (--this.#holders === 0) this.#pages.heldCount--
  }
}
