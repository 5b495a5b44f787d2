import { exponentialPlaces } from '../segment/exemplar-cells.ts'
import {
  BANK,
  bankCells,
  bucketPlace,
  EXPONENTIAL,
  type ExponentialSize,
  intentCell,
  RANGE,
} from '../segment/exponential-cells.ts'
import { addToRange, bankAt, rangeAt, reductionFor, writeReduced } from '../segment/exponential-range.ts'
import type { CellRange } from '../segment/writer.ts'
import { exponentialIndex } from './exponential-index.ts'
import type { Measuring } from './measuring.ts'
import { type RecordingSeries, Series } from './series.ts'

/** A distribution over buckets whose width grows with the values. Its cells are described in exponential-cells.ts. */
export class ExponentialSeries extends Series implements RecordingSeries {
  readonly #size: ExponentialSize
  readonly #measuring: Measuring
  readonly #places: number

  constructor(text: string, range: CellRange, size: ExponentialSize, measuring: Measuring) {
    super(text, range)
    this.#size = size
    this.#measuring = measuring
    this.#places = exponentialPlaces(size.maxSize)
  }

  /** Records a finite number; anything else, or a negative one where it has no meaning, is ignored and counted. */
  record(value: number): void {
    const isUsual = typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE
    if (isUsual && this.#measuring.isPlain) this.#add(value)
    else this.#recordSpecially(value)
  }

  add(value: number): void {
    this.record(value)
  }

  /** Its buckets' scale is not known to anybody else: it stays as it is. */
  replace(): void {}

  #recordSpecially(measured: number): void {
    const measuring = this.#measuring
    if (!measuring.accepts(measured)) return measuring.reject(measured)
    const value = measuring.stored(measured)
    const index = this.#add(value)
    measuring.exemplars?.offer(this, bucketPlace(index, this.#places), value)
  }

  /** Returns the index of the bucket; 0 for a zero, which is in none. */
  #add(value: number): number {
    const { cells, slot } = this
    cells[slot + EXPONENTIAL.sum] += value
    if (value < cells[slot + EXPONENTIAL.min]) cells[slot + EXPONENTIAL.min] = value
    if (value > cells[slot + EXPONENTIAL.max]) cells[slot + EXPONENTIAL.max] = value
    if (value !== 0) return this.#count(Math.abs(value), value < 0 ? 1 : 0)
    cells[slot + EXPONENTIAL.zeroCount] += 1
    return 0
  }

  /** Returns the index of the bucket. */
  #count(magnitude: number, range: number): number {
    const { cells, slot } = this
    const size = this.#size
    let bank = bankAt(cells, slot, size)
    let index = exponentialIndex(magnitude, cells[bank + BANK.scale])
    const at = rangeAt(bank, range, size)
    // Nearly every value falls between those that were there before; no comparison holds in an empty range.
    if (index >= cells[at + RANGE.start] && index <= cells[at + RANGE.end]) {
      cells[at + RANGE.buckets + bucketPlace(index, size.maxSize)] += 1
      return index
    }
    const reduction = reductionFor(cells, at, index, index, size)
    if (reduction > 0) {
      bank = this.#reduce(bank, reduction)
      index = exponentialIndex(magnitude, cells[bank + BANK.scale])
    }
    addToRange(cells, rangeAt(bank, range, size), index, 1, size)
    return index
  }

  /** Writes the other bank with wider buckets, and changes over to it in one store. Returns where it is. */
  #reduce(bank: number, reduction: number): number {
    const { cells, slot } = this
    const size = this.#size
    const generation = cells[slot + EXPONENTIAL.generation] + 1
    cells[slot + intentCell(size)] = generation
    fence()
    const other = slot + EXPONENTIAL.banks + (generation & 1) * bankCells(size)
    writeReduced(cells, bank, other, reduction, size)
    fence()
    cells[slot + EXPONENTIAL.generation] = generation
    return other
  }
}

const FENCE = new Int32Array(new SharedArrayBuffer(4))

/** Stores before it are visible before stores after it, on every machine. */
function fence(): void {
  Atomics.store(FENCE, 0, 0)
}
