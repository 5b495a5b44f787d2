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

/**
 * All series of one instrument in this thread. At most `limit` of them, the overflow series included: every
 * measurement beyond counts there, so totals stay exact whatever the attributes do.
 */
export class SeriesTable<S extends Series> {
  /** What a view keeps of the attributes. */
  readonly filter: AttributeFilter | undefined
  readonly #stream: Stream
  readonly #create: (text: string, range: CellRange) => S
  readonly #limit: number
  readonly #byText: Map<string, S> = new Map()
  readonly #trie: AttributeTrie<S>
  readonly #onOverflow: (definition: StreamDefinition, limit: number) => void

  constructor(
    stream: Stream,
    create: (text: string, range: CellRange) => S,
    limit: number,
    onOverflow: (definition: StreamDefinition, limit: number) => void,
    filter?: AttributeFilter,
  ) {
    this.filter = filter
    this.#stream = stream
    this.#create = create
    this.#limit = limit
    this.#trie = new AttributeTrie(limit * ORDERS_PER_SERIES * 4)
    this.#onOverflow = onOverflow
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

  [Symbol.iterator](): Iterator<S> {
    return this.#byText.values()
  }

  #findSlowly(attributes: Attributes, context: Context | undefined): S {
    const { filter } = this
    const text = canonicalAttributes(filter === undefined ? attributes : filter.apply(attributes, context))
    const holds = filter === undefined || filter.holds
    let series = this.#byText.get(text)
    if (series === undefined) {
      if (this.#byText.size >= this.#limit - 1 || !this.#stream.fits(text)) return this.#overflow()
      series = this.#add(text)
    }
    if (holds) this.#trie.insert(attributes, series)
    return series
  }

  #overflow(): S {
    const series = this.#byText.get(OVERFLOW_TEXT)
    if (series !== undefined) return series
    this.#onOverflow(this.definition, this.#limit)
    return this.#add(OVERFLOW_TEXT)
  }

  #add(text: string): S {
    const series = this.#stream.place(text, this.#create)
    this.#byText.set(text, series)
    return series
  }
}
