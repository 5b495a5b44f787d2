import type { Attributes } from '@opentelemetry/api'
import type { StreamDefinition } from '../segment/stream.ts'
import type { CellRange } from '../segment/writer.ts'
import { AttributeTrie } from './attribute-trie.ts'
import { canonicalAttributes, OVERFLOW_TEXT } from './attributes.ts'
import type { Series } from './series.ts'
import type { Stream } from './stream.ts'

const NO_ATTRIBUTES: Attributes = {}
/** Orders of attributes that one series is commonly written in. */
const ORDERS_PER_SERIES = 4

/** Which limit keeps a set of attributes from a series of its own. */
export type Obstacle = 'series' | 'attributeBytes' | 'segmentBytes'

/** Told when the first set of attributes gets no series of its own. */
export interface Overflow {
  readonly definition: StreamDefinition
  readonly limit: number
  readonly why: Obstacle
  /** The attributes of all series. */
  texts(): Iterable<string>
}

export interface TableLimits {
  /** Series, the overflow series included. */
  readonly cardinality: number
  /** UTF-16 units of a text attribute's value. */
  readonly attributeValueLength: number
  overflow(overflow: Overflow): void
  /** Told of every attribute whose value was cut. */
  cut(key: string): void
}

/**
 * All series of one instrument in this thread. At most so many as the limit says, the overflow series included:
 * every measurement beyond counts there, so totals stay exact whatever the attributes do.
 */
export class SeriesTable<S extends Series> {
  readonly definition: StreamDefinition
  readonly #stream: Stream
  readonly #create: (text: string, range: CellRange) => S
  readonly #limits: TableLimits
  readonly #byText: Map<string, S> = new Map()
  readonly #trie: AttributeTrie<S>

  constructor(stream: Stream, create: (text: string, range: CellRange) => S, limits: TableLimits) {
    this.definition = stream.definition
    this.#stream = stream
    this.#create = create
    this.#limits = limits
    this.#trie = new AttributeTrie(limits.cardinality * ORDERS_PER_SERIES * 4)
  }

  /** The series of these attributes, found or made. */
  find(attributes: Attributes = NO_ATTRIBUTES): S {
    return this.#trie.find(attributes) ?? this.#findSlowly(attributes)
  }

  [Symbol.iterator](): Iterator<S> {
    return this.#byText.values()
  }

  #findSlowly(attributes: Attributes): S {
    const { cardinality, attributeValueLength, cut } = this.#limits
    let isCut = false
    const text = canonicalAttributes(attributes ?? NO_ATTRIBUTES, attributeValueLength, key => {
      isCut = true
      cut(key)
    })
    let series = this.#byText.get(text)
    if (series === undefined) {
      const obstacle = this.#byText.size >= cardinality - 1 ? 'series' : this.#stream.obstacleFor(text)
      if (obstacle !== undefined) return this.#overflow(obstacle)
      series = this.#add(text)
    }
    // What was cut is not remembered whole, and counted every time.
    if (!isCut) this.#trie.insert(attributes ?? NO_ATTRIBUTES, series)
    return series
  }

  #overflow(why: Obstacle): S {
    const series = this.#byText.get(OVERFLOW_TEXT)
    if (series !== undefined) return series
    const { definition } = this
    const limit = this.#limits.cardinality
    this.#limits.overflow({ definition, limit, why, texts: () => this.#byText.keys() })
    return this.#add(OVERFLOW_TEXT)
  }

  #add(text: string): S {
    const series = this.#stream.place(text, this.#create)
    this.#byText.set(text, series)
    return series
  }
}
