import { type Exemplar, readExemplar } from '../segment/exemplar-cells.ts'
import type { Source } from './arrivals.ts'

/** Where the exemplars of one stream's series are, in every segment. They are read only when somebody asks. */
export class MergedExemplars {
  readonly #places: number
  /** The first cell of a series' exemplars, by the series' index. */
  readonly #slots: Map<Source, Map<number, number>> = new Map()

  /** @param places how many exemplars a series has. */
  constructor(places: number) {
    this.#places = places
  }

  get isEmpty(): boolean {
    return this.#slots.size === 0
  }

  link(source: Source, index: number, slot: number): void {
    let slots = this.#slots.get(source)
    if (slots === undefined) {
      slots = new Map()
      this.#slots.set(source, slots)
    }
    slots.set(index, slot)
  }

  unlink(source: Source): void {
    this.#slots.delete(source)
  }

  /** Those exemplars of a series that there are. */
  present(index: number): readonly Exemplar[] {
    if (this.#slots.size === 0) return NO_EXEMPLARS
    return this.at(index).filter(each => each !== undefined)
  }

  /** The exemplars of a series by place, one a bucket or one in all: of each, the latest of all writers. */
  at(index: number): (Exemplar | undefined)[] {
    const latest: (Exemplar | undefined)[] = new Array(this.#places).fill(undefined)
    for (const [{ cells }, slots] of this.#slots) {
      const slot = slots.get(index)
      if (slot === undefined) continue
      for (let place = 0; place < this.#places; place++) {
        const exemplar = readExemplar(cells, slot, place)
        if (exemplar !== undefined && exemplar.timeMs >= (latest[place]?.timeMs ?? 0))
          latest[place] = exemplar
      }
    }
    return latest
  }
}

const NO_EXEMPLARS: readonly Exemplar[] = []
