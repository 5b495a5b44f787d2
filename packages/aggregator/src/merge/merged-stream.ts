import type { Attributes } from '@opentelemetry/api'
import { cellCount, firstCells, sumCell } from '../segment/aggregation.ts'
import { exemplarPlaces } from '../segment/exemplar-cells.ts'
import { isObservable, parseAttributes, type StreamDefinition } from '../segment/stream.ts'
import { type Add, adderFor } from './add.ts'
import { normalize } from './exact-sum.ts'
import { MergedExemplars } from './merged-exemplars.ts'

/** What merging needs of a segment: its cells as they were read last, and the number of its writer. */
export interface Source {
  readonly cells: Float64Array
  readonly worker: number
}

/** One series of all writers together. */
export interface MergedSeries {
  /** Canonical JSON of the attributes; where values are kept per worker, with the number behind it. */
  readonly key: string
  /** The attributes as canonical JSON. */
  readonly text: string
  readonly attributes: Attributes
}

/** Which of a segment's series belong to which of ours: `from` and `to` are indexes of first cells. */
export interface Link {
  readonly from: number[]
  readonly to: number[]
  /** Whether a sum has a second, low-order cell behind the others: a ledger's. */
  readonly exact: boolean
}

export interface MergedCells {
  readonly cellCount: number
  /** `cellCount` cells a series. */
  readonly totals: Float64Array
  /** One float a series: what its sum lost to rounding. */
  readonly lows: Float64Array
}

/** The attribute under which a writer shows itself where values are kept apart. */
export const WORKER_ATTRIBUTE = 'worker'
const FIRST_CAPACITY = 16

/**
 * One stream with the series of all writers. What belongs together is found out once, when a series appears;
 * {@link total} then only adds floats.
 */
export class MergedStream implements MergedCells {
  definition: StreamDefinition
  readonly cellCount: number
  /** By index; undefined where a series is no more. */
  readonly series: (MergedSeries | undefined)[] = []
  totals: Float64Array
  lows: Float64Array
  /** Raised whenever a series appears or goes. */
  version = 0

  readonly exemplars: MergedExemplars
  readonly #first: Float64Array
  readonly #sumCell: number | undefined
  readonly #add: Add
  readonly #indexes: Map<string, number> = new Map()
  /** How many segments hold the series of an index. */
  readonly #holders: number[] = []
  readonly #free: number[] = []
  readonly #links: Map<Source, Link> = new Map()

  constructor(definition: StreamDefinition) {
    this.definition = definition
    const { aggregation, kind } = definition
    this.cellCount = cellCount(aggregation)
    this.#sumCell = sumCell(aggregation)
    this.#first = firstCells(aggregation, isObservable(kind))
    this.#add = adderFor(aggregation)
    this.exemplars = new MergedExemplars(exemplarPlaces(aggregation))
    this.totals = new Float64Array(FIRST_CAPACITY * this.cellCount)
    this.lows = new Float64Array(FIRST_CAPACITY)
  }

  get isEmpty(): boolean {
    return this.#links.size === 0
  }

  /** Of the descriptions that writers give, the longest is taken (OpenTelemetry data model). */
  describe(definition: StreamDefinition): void {
    const { description } = this.definition
    const { length } = definition.description
    // Of two equally long ones always the same, whoever was read first.
    const isLonger =
      length > description.length || (length === description.length && definition.description < description)
    if (isLonger) this.definition = definition
  }

  /** Takes in one series of a segment. */
  link(source: Source, series: { text: string; slot: number; cellCount: number }): void {
    const index = this.#indexFor(series.text, source.worker)
    if (index === undefined) return
    let link = this.#links.get(source)
    if (link === undefined) {
      link = { from: [], to: [], exact: series.cellCount > this.cellCount }
      this.#links.set(source, link)
    }
    link.from.push(series.slot)
    link.to.push(index * this.cellCount)
    this.#holders[index]++
  }

  /** Takes in the exemplars of one series of a segment, which has been linked before. */
  linkExemplars(source: Source, { text, slot }: { text: string; slot: number }): void {
    const index = this.#indexes.get(this.#keyOf(text, source.worker))
    if (index !== undefined) this.exemplars.link(source, index, slot)
  }

  /** Forgets a segment; a series that no other one holds goes with it. */
  unlink(source: Source): void {
    const link = this.#links.get(source)
    if (link === undefined) return
    this.#links.delete(source)
    this.exemplars.unlink(source)
    for (const to of link.to) {
      const index = to / this.cellCount
      if (--this.#holders[index] > 0) continue
      this.#indexes.delete(this.series[index]!.key)
      this.series[index] = undefined
      this.#free.push(index)
      this.version++
    }
  }

  /** Adds everything up anew. */
  total(): void {
    const { totals, lows, cellCount } = this
    for (let index = 0; index < this.series.length; index++) totals.set(this.#first, index * cellCount)
    lows.fill(0)
    for (const [source, link] of this.#links) this.#add(this, source.cells, link)
    if (this.#sumCell === undefined) return
    for (let index = 0; index < this.series.length; index++) {
      normalize(totals, index * cellCount + this.#sumCell, lows, index)
    }
  }

  #indexFor(text: string, worker: number): number | undefined {
    const key = this.#keyOf(text, worker)
    const known = this.#indexes.get(key)
    if (known !== undefined) return known

    const attributes = parseAttributes(text)
    if (attributes === undefined) return undefined
    if (this.definition.merge === 'perWorker') attributes[WORKER_ATTRIBUTE] = String(worker)
    const index = this.#free.pop() ?? this.series.length
    this.series[index] = { key, text, attributes }
    this.#indexes.set(key, index)
    this.#holders[index] = 0
    this.version++
    if (index >= this.lows.length) this.#grow()
    return index
  }

  #keyOf(text: string, worker: number): string {
    return this.definition.merge === 'perWorker' ? `${text}${worker}` : text
  }

  #grow(): void {
    const capacity = this.lows.length * 2
    const { totals, lows } = this
    this.totals = new Float64Array(capacity * this.cellCount)
    this.totals.set(totals)
    this.lows = new Float64Array(capacity)
    this.lows.set(lows)
  }
}
