import { defaultMerge, OWN_SCOPE, type StreamDefinition } from '../segment/stream.ts'
import type { CellRange, SegmentWriter } from '../segment/writer.ts'
import type { AttributeFilter } from '../view/attribute-filter.ts'
import { Measuring } from './measuring.ts'
import { type ExemplarFilter, Sampling } from './sampling.ts'
import type { Reject, Series } from './series.ts'
import { SeriesTable } from './series-table.ts'
import { Stream } from './stream.ts'
import { SumSeries } from './sum-series.ts'

export interface RecorderOptions {
  readonly writer: SegmentWriter
  readonly cardinalityLimit: number
  readonly exemplarFilter: ExemplarFilter
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

/** This thread's side of the segment: makes tables of series and keeps count of what could not be recorded. */
export class Recorder {
  readonly now: () => number
  readonly warn: (line: string) => void
  readonly #writer: SegmentWriter
  readonly #cardinalityLimit: number
  readonly #streams: Stream[] = []
  readonly #sampling: Sampling
  #rejections: SeriesTable<SumSeries> | undefined
  #failures: SeriesTable<SumSeries> | undefined

  constructor(options: RecorderOptions) {
    this.#writer = options.writer
    this.#cardinalityLimit = options.cardinalityLimit
    this.now = options.now
    this.warn = options.warn
    this.#sampling = new Sampling(options.exemplarFilter, options.now)
  }

  table<S extends Series>(
    definition: StreamDefinition,
    create: (text: string, range: CellRange) => S,
    { cardinalityLimit = this.#cardinalityLimit, filter, measuring }: TableOptions = {},
  ): SeriesTable<S> {
    const stream = new Stream(this.#writer, definition)
    this.#streams.push(stream)
    if (measuring !== undefined) this.#sampling.add(stream, measuring)
    return new SeriesTable(stream, create, cardinalityLimit, this.#warnOfOverflow, filter)
  }

  /** For one instrument: counts every rejected measurement, and says the first. */
  rejecter(instrument: string): Reject {
    let counted: SumSeries | undefined
    return value => {
      if (counted !== undefined) return counted.add(1)
      this.#rejections ??= this.table(REJECTIONS, (text, range) => new SumSeries(text, range, OWN))
      counted = this.#rejections.find({ instrument })
      counted.add(1)
      this.warn(`${instrument}: ${describe(value)}; such measurements are ignored.`)
    }
  }

  /** Counts an observable callback of this instrument that failed, and says the first. */
  readonly countFailure = (instrument: string, error: unknown): void => {
    this.#failures ??= this.table(FAILURES, (text, range) => new SumSeries(text, range, OWN))
    const failures = this.#failures.find({ instrument })
    if (failures.cells[failures.slot] === 0)
      this.warn(`a callback of ${instrument} failed (${messageOf(error)})`)
    failures.add(1)
  }

  /** Shares this writer's own figures, and moves series into the segment that had no room in it before. */
  beat(): void {
    let homeless = 0
    for (const stream of this.#streams) {
      stream.settle()
      homeless += stream.homelessCount
    }
    this.#sampling.follow()
    this.#writer.beat(this.now(), homeless)
  }

  end(): void {
    this.beat()
    this.#writer.end()
  }

  readonly #warnOfOverflow = (definition: StreamDefinition, limit: number): void => {
    this.warn(
      `${definition.name} has ${limit} series: further sets of attributes are counted together under ` +
        'otel.metric.overflow="true". Look for an attribute that holds an id, or raise the cardinality limit.',
    )
  }
}

const OWN = new Measuring({ signed: false, integer: false, reject: () => {}, now: Date.now })

const OWN_COUNTER = {
  scope: OWN_SCOPE,
  kind: 'COUNTER',
  integer: true,
  aggregation: { type: 'sum' },
  ...defaultMerge('COUNTER'),
} as const

const REJECTIONS: StreamDefinition = {
  ...OWN_COUNTER,
  name: 'tutti.rejected.measurements',
  description: 'Measurements that were ignored because they were not finite, negative, or no numbers.',
  unit: '{measurement}',
}

const FAILURES: StreamDefinition = {
  ...OWN_COUNTER,
  name: 'tutti.failed.callbacks',
  description: 'Calls of observable callbacks that threw, rejected, or did not settle in time.',
  unit: '{call}',
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
