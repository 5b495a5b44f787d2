import { cellCount, firstCells } from '../segment/aggregation.ts'
import { isAverage, ledgerCellCount, summedCell } from '../segment/merge-policy.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import { normalize } from './exact-sum.ts'

/** The cells of all series of a stream, added up. */
export interface MergedCells {
  readonly cellCount: number
  /** `cellCount` cells a series. */
  readonly totals: Float64Array
  /** One float a series: what its sum lost to rounding. */
  readonly lows: Float64Array
  /** One float a series: how many values an average is of. */
  readonly counts: Float64Array
}

const FIRST_CAPACITY = 16

/** The floats of a stream: what is added up, and what is made of it when everybody has been added. */
export class Totals implements MergedCells {
  definition: StreamDefinition
  readonly cellCount: number
  totals: Float64Array
  lows: Float64Array
  counts: Float64Array
  readonly #first: Float64Array
  readonly #summedCell: number | undefined
  /** Averages only: the sums that they were made of. */
  #sums: Float64Array = new Float64Array(0)

  constructor(definition: StreamDefinition) {
    this.definition = definition
    this.cellCount = cellCount(definition.aggregation)
    this.#summedCell = summedCell(definition)
    // Nothing is there until somebody says it: a total of nobody is absent, not zero.
    this.#first = firstCells(definition.aggregation, true)
    this.totals = new Float64Array(FIRST_CAPACITY * this.cellCount)
    this.lows = new Float64Array(FIRST_CAPACITY)
    this.counts = new Float64Array(FIRST_CAPACITY)
  }

  /** The cells of a series as a ledger holds them; undefined when there is nothing to hold. */
  cellsForLedger(index: number): Float64Array | undefined {
    const { totals, cellCount } = this
    const cells = new Float64Array(ledgerCellCount(this.definition))
    cells.set(totals.subarray(index * cellCount, (index + 1) * cellCount))
    if (Number.isNaN(cells[0])) return undefined
    if (this.#summedCell !== undefined) cells[cellCount] = this.lows[index]
    if (isAverage(this.definition)) {
      cells[0] = this.#sums[index]
      cells[cellCount + 1] = this.counts[index]
    }
    return cells
  }

  /** Before anybody is added. */
  protected clear(seriesCount: number): void {
    const { totals, cellCount } = this
    const end = seriesCount * cellCount
    if (end > 0) totals.set(this.#first)
    // What is there is copied behind itself, twice as much each time.
    for (let done = cellCount; done < end; done *= 2) totals.copyWithin(done, 0, Math.min(done, end - done))
    this.lows.fill(0)
    this.counts.fill(0)
  }

  /** After all have been added. */
  protected finish(seriesCount: number): void {
    const { totals, lows, cellCount } = this
    if (this.#summedCell === undefined) return
    for (let index = 0; index < seriesCount; index++) {
      normalize(totals, index * cellCount + this.#summedCell, lows, index)
    }
    if (isAverage(this.definition)) this.#divide(seriesCount)
  }

  /** Makes room for a series. */
  protected reserve(index: number): void {
    const { totals, lows } = this
    if (index < lows.length) return
    const capacity = lows.length * 2
    this.totals = new Float64Array(capacity * this.cellCount)
    this.totals.set(totals)
    this.lows = new Float64Array(capacity)
    this.lows.set(lows)
    this.counts = new Float64Array(capacity)
  }

  #divide(seriesCount: number): void {
    const { totals, counts, cellCount } = this
    if (this.#sums.length < counts.length) this.#sums = new Float64Array(counts.length)
    for (let index = 0; index < seriesCount; index++) {
      this.#sums[index] = totals[index * cellCount]
      totals[index * cellCount] /= counts[index]
    }
  }
}
