import { OWN_SCOPE, type StreamDefinition } from '../segment/stream.ts'
import type { CellRange, SegmentWriter } from '../segment/writer.ts'
import type { AttributeFilter } from '../view/attribute-filter.ts'
import type { Measuring } from './measuring.ts'
import { describeMostVaried } from './most-varied-attribute.ts'
import { OwnCounters } from './own-counters.ts'
import { type ExemplarFilter, Sampling } from './sampling.ts'
import type { Reject, Series } from './series.ts'
import { type Overflow, SeriesTable, type TableLimits } from './series-table.ts'
import { Stream } from './stream.ts'

export interface RecorderOptions {
  readonly writer: SegmentWriter
  readonly cardinalityLimit: number
  readonly exemplarFilter: ExemplarFilter
  /** Longer texts are cut, in UTF-16 units. */
  readonly attributeValueLengthLimit?: number
  /** Says of a stream how it is merged. */
  readonly merging?: (definition: StreamDefinition) => StreamDefinition
  readonly now: () => number
  readonly warn: (line: string) => void
}

/** What a stream may have beyond its definition. */
export interface TableOptions {
  /** Undefined: the recorder's. */
  readonly cardinalityLimit?: number | undefined
  readonly filter?: AttributeFilter | undefined
  /** Given where exemplars are kept. */
  readonly measuring?: Measuring | undefined
}

/** Whatever limit the app's instruments have: so many of them are told apart. */
const MAX_OWN_SERIES = 2_000

/** This thread's side of the segment: makes tables of series and keeps count of what could not be recorded. */
export class Recorder {
  readonly now: () => number
  readonly warn: (line: string) => void
  readonly #options: RecorderOptions
  readonly #streams: Stream[] = []
  readonly #sampling: Sampling
  readonly #own: OwnCounters = new OwnCounters((definition, create) =>
    this.table(definition, create, { cardinalityLimit: MAX_OWN_SERIES }),
  )
  readonly #failures: Map<string, () => void> = new Map()

  constructor(options: RecorderOptions) {
    this.#options = options
    this.now = options.now
    this.warn = options.warn
    this.#sampling = new Sampling(options.exemplarFilter, options.now)
  }

  table<S extends Series>(
    definition: StreamDefinition,
    create: (text: string, range: CellRange) => S,
    options: TableOptions = {},
  ): SeriesTable<S> {
    const { writer, merging, attributeValueLengthLimit = Number.POSITIVE_INFINITY } = this.#options
    const cardinalityLimit = options.cardinalityLimit ?? this.#options.cardinalityLimit
    const stream = new Stream(writer, { ...(merging?.(definition) ?? definition), cardinalityLimit })
    this.#streams.push(stream)
    if (options.measuring !== undefined) this.#sampling.add(stream, options.measuring)
    const limits: TableLimits = {
      cardinality: cardinalityLimit,
      // Our own are the names of instruments, which have a limit of their own.
      attributeValueLength:
        definition.scope === OWN_SCOPE ? Number.POSITIVE_INFINITY : attributeValueLengthLimit,
      overflow: this.#warnOfOverflow,
      cut: this.#cutter(definition.name),
    }
    return new SeriesTable(stream, create, limits, options.filter)
  }

  /** For one instrument: counts every rejected measurement, and says the first. */
  rejecter(instrument: string): Reject {
    return this.#own.counterOf('rejected', instrument, value => {
      this.warn(`${instrument}: ${describe(value)}; such measurements are ignored.`)
    })
  }

  /** For one instrument: counts every measurement that a limit kept from a series of its own. */
  overflowCounter(instrument: string): () => void {
    return this.#own.counterOf('overflow', instrument, () => {})
  }

  /** Counts an observable callback of this instrument that failed, and says the first. */
  readonly countFailure = (instrument: string, error: unknown): void => {
    let count = this.#failures.get(instrument)
    if (count === undefined) {
      count = this.#own.counterOf('failed', instrument, () => {
        this.warn(`a callback of ${instrument} failed (${messageOf(error)})`)
      })
      this.#failures.set(instrument, count)
    }
    count()
  }

  /** Shares this writer's own figures, and moves series into the segment that had no room in it before. */
  beat(): void {
    let homeless = 0
    for (const stream of this.#streams) {
      stream.settle()
      homeless += stream.homelessCount
    }
    this.#sampling.follow()
    this.#options.writer.beat(this.now(), homeless)
  }

  end(): void {
    this.beat()
    this.#options.writer.end()
  }

  /** For one instrument: counts every attribute value that was cut, and names the first attribute. */
  #cutter(instrument: string): (key: string) => void {
    return this.#own.counterOf('truncated', instrument, key => {
      this.warn(
        `${instrument}: a value of the attribute "${String(key)}" is longer than ` +
          `${this.#options.attributeValueLengthLimit} characters: such values are cut, and those that begin alike ` +
          'are counted together. Leave the attribute out, or raise OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT.',
      )
    })
  }

  readonly #warnOfOverflow = ({ definition, limit, why, texts }: Overflow): void => {
    const { name } = definition
    const reason = {
      series: `${name} has ${limit} series`,
      attributeBytes: `${name} was given more attributes than a series can hold`,
      segmentBytes: `${name} does not fit into the segment, whose limit is ${this.#options.writer.limitBytes} bytes`,
    }[why]
    const mend = {
      series: 'Leave out what holds an id, or raise the limit with TUTTI_CARDINALITY_LIMIT.',
      attributeBytes: 'Leave out what is long.',
      segmentBytes: 'Leave out what holds an id, or raise the limit with TUTTI_SEGMENT_BYTES_LIMIT.',
    }[why]
    this.warn(
      `${reason}: further sets of attributes are counted together under otel.metric.overflow="true".` +
        `${describeMostVaried(texts())} ${mend}`,
    )
  }
}

/** Anything can be thrown, even what can't be made a text. */
function messageOf(error: unknown): string {
  try {
    return String(error)
  } catch {
    return 'with something that is no error'
  }
}

function describe(value: unknown): string {
  if (value instanceof Error) return `its attributes can't be read (${value.message})`
  if (typeof value !== 'number') return `${typeof value} given where a number belongs`
  if (!Number.isFinite(value)) return `${value} is not a finite number`
  return `${value} is negative`
}
