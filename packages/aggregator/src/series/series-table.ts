import type { Attributes, Context } from '@opentelemetry/api'
import type { StreamDefinition } from '../segment/stream.ts'
import type { CellRange } from '../segment/writer.ts'
import type { AttributeFilter } from '../view/attribute-filter.ts'
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
  /** What a view keeps of the attributes. */
  readonly filter: AttributeFilter | undefined
  readonly #stream: Stream
  readonly #create: (text: string, range: CellRange) => S
  readonly #limits: TableLimits
  readonly #byText: Map<string, S> = new Map()
  readonly #trie: AttributeTrie<S>
  /** Series whose attributes were cut, so that others may share them. */
  readonly #cut: Set<string> = new Set()

  constructor(
    stream: Stream,
    create: (text: string, range: CellRange) => S,
    limits: TableLimits,
    filter?: AttributeFilter,
  ) {
    this.filter = filter
    this.#stream = stream
    this.#create = create
    this.#limits = limits
    this.#trie = new AttributeTrie(limits.cardinality * ORDERS_PER_SERIES * 4)
  }

  get definition(): StreamDefinition {
    return this.#stream.definition
  }

  describe(description: string): void {
    this.#stream.describe(description)
  }

  /** The series of these attributes, found or made. */
  find(attributes: Attributes = NO_ATTRIBUTES, context?: Context): S {
    return this.#trie.find(attributes) ?? this.#findSlowly(attributes ?? NO_ATTRIBUTES, context)
  }

  /** The series of these attributes; undefined where others may lead to it, too. */
  owned(attributes: Attributes): S | undefined {
    const series = this.find(attributes)
    return this.isShared(series) ? undefined : series
  }

  /** Whether several sets of attributes may lead to this series. */
  isShared({ text }: S): boolean {
    return this.filter !== undefined || text === OVERFLOW_TEXT || this.#cut.has(text)
  }

  [Symbol.iterator](): Iterator<S> {
    return this.#byText.values()
  }

  #findSlowly(attributes: Attributes, context: Context | undefined): S {
    const { filter } = this
    const { cardinality, attributeValueLength, cut } = this.#limits
    const filtered = filter === undefined ? attributes : filter.apply(attributes, context)
    let isCut = false
    const text = canonicalAttributes(filtered, attributeValueLength, key => {
      isCut = true
      cut(key)
    })
    // What was cut is not remembered whole, and counted every time.
    const holds = !isCut && (filter === undefined || filter.holds)
    let series = this.#byText.get(text)
    if (series === undefined) {
      const obstacle = this.#byText.size >= cardinality - 1 ? 'series' : this.#stream.obstacleFor(text)
      if (obstacle !== undefined) return this.#overflow(obstacle)
      series = this.#add(text)
    }
    if (isCut) this.#cut.add(text)
    if (holds) this.#trie.insert(attributes, series)
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
