import type { LedgerSeries, LedgerStream } from '../ledger/write-ledger.ts'
import { cellCount } from '../segment/aggregation.ts'
import { ledgerCellCount, summedCell } from '../segment/merge-policy.ts'
import type { StreamDefinition } from '../segment/stream.ts'

const FIRST_CAPACITY = 16

/** The totals of one stream as a reader has exported them: what the next delta is taken from. */
export class ExportedStream implements LedgerStream {
  readonly definition: StreamDefinition
  readonly cellCount: number
  /** By index; undefined where a series is no more. */
  readonly series: (LedgerSeries | undefined)[] = []
  totals: Float64Array
  lows: Float64Array
  readonly #indexes: Map<string, number> = new Map()
  readonly #free: number[] = []

  constructor(definition: StreamDefinition) {
    this.definition = definition
    this.cellCount = cellCount(definition.aggregation)
    this.totals = new Float64Array(FIRST_CAPACITY * this.cellCount)
    this.lows = new Float64Array(FIRST_CAPACITY)
  }

  indexOf(text: string): number | undefined {
    return this.#indexes.get(text)
  }

  /** Takes over the totals of one series. @param at index of its first cell in `cells`. */
  store(text: string, cells: Float64Array, at: number, low: number): void {
    const index = this.#indexes.get(text) ?? this.#add(text)
    const target = index * this.cellCount
    for (let cell = 0; cell < this.cellCount; cell++) this.totals[target + cell] = cells[at + cell]
    this.lows[index] = low
  }

  cellsForLedger(index: number): Float64Array {
    const cells = new Float64Array(ledgerCellCount(this.definition))
    cells.set(this.totals.subarray(index * this.cellCount, (index + 1) * this.cellCount))
    if (summedCell(this.definition) !== undefined) cells[this.cellCount] = this.lows[index]
    return cells
  }

  remove(index: number): void {
    const series = this.series[index]
    if (series === undefined) return
    this.#indexes.delete(series.text)
    this.series[index] = undefined
    this.#free.push(index)
  }

  #add(text: string): number {
    const index = this.#free.pop() ?? this.series.length
    // Whose it is stands in the text, and when it was made no longer matters.
    this.series[index] = { text, worker: 0, createdUs: 0 }
    this.#indexes.set(text, index)
    if (index >= this.lows.length) this.#grow()
    return index
  }

  #grow(): void {
    const { totals, lows } = this
    this.totals = new Float64Array(totals.length * 2)
    this.totals.set(totals)
    this.lows = new Float64Array(lows.length * 2)
    this.lows.set(lows)
  }
}
