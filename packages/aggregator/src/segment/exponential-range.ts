import { isCount } from './count.ts'
import {
  BANK,
  bankCells,
  bucketPlace,
  EXPONENTIAL,
  type ExponentialSize,
  RANGE,
  rangeCells,
  rangeCount,
} from './exponential-cells.ts'

/** Where the bank that counts begins, in the cells of a series that begins at `slot`. */
export function bankAt(cells: Float64Array, slot: number, size: ExponentialSize): number {
  return slot + EXPONENTIAL.banks + (cells[slot + EXPONENTIAL.generation] & 1) * bankCells(size)
}

/** Where a range begins: 0 the positive one, 1 the negative one. */
export function rangeAt(bank: number, range: number, size: ExponentialSize): number {
  return bank + BANK.ranges + range * rangeCells(size)
}

/** No float has a bucket beyond, not even at the largest scale. */
const MAX_INDEX = 1.2e9

/** Whether a range holds nothing. What can't be a range, because it comes from a damaged file, is empty too. */
export function isEmptyRange(cells: Float64Array, at: number, { maxSize }: ExponentialSize): boolean {
  const start = cells[at + RANGE.start]
  const span = cells[at + RANGE.end] - start
  const isPossible = start >= -MAX_INDEX && start <= MAX_INDEX && Number.isInteger(start)
  return !(isPossible && span >= 0 && span < maxSize && Number.isInteger(span))
}

/** By how many scales a range must be reduced until it also holds the indexes from `low` to `high`. */
export function reductionFor(
  cells: Float64Array,
  at: number,
  low: number,
  high: number,
  size: ExponentialSize,
): number {
  const isEmpty = isEmptyRange(cells, at, size)
  const lowest = isEmpty ? low : Math.min(low, cells[at + RANGE.start])
  const highest = isEmpty ? high : Math.max(high, cells[at + RANGE.end])
  let reduction = 0
  while (reduce(highest, reduction) - reduce(lowest, reduction) >= size.maxSize) reduction++
  return reduction
}

/** Adds to a bucket, which must fit into the range; the range grows first. */
export function addToRange(
  cells: Float64Array,
  at: number,
  index: number,
  count: number,
  size: ExponentialSize,
): void {
  if (isEmptyRange(cells, at, size)) {
    cells[at + RANGE.end] = index
    cells[at + RANGE.start] = index
  } else if (index > cells[at + RANGE.end]) {
    cells[at + RANGE.end] = index
  } else if (index < cells[at + RANGE.start]) {
    cells[at + RANGE.start] = index
  }
  cells[at + RANGE.buckets + bucketPlace(index, size.maxSize)] += count
}

/** Fills the bank at `to` with what is in the bank at `from`, in buckets `reduction` scales wider. */
export function writeReduced(
  cells: Float64Array,
  from: number,
  to: number,
  reduction: number,
  size: ExponentialSize,
): void {
  cells.fill(0, to, to + bankCells(size))
  cells[to + BANK.scale] = cells[from + BANK.scale] - reduction
  for (let range = 0; range < rangeCount(size); range++) {
    const target = rangeAt(to, range, size)
    cells[target + RANGE.start] = Number.NaN
    addReduced(cells, target, cells, rangeAt(from, range, size), reduction, size)
  }
}

/** Adds all buckets of one range to another one whose buckets are `reduction` scales wider. */
export function addReduced(
  into: Float64Array,
  target: number,
  cells: Float64Array,
  at: number,
  reduction: number,
  size: ExponentialSize,
): void {
  if (isEmptyRange(cells, at, size)) return
  const end = cells[at + RANGE.end]
  for (let index = cells[at + RANGE.start]; index <= end; index++) {
    const count = cells[at + RANGE.buckets + bucketPlace(index, size.maxSize)]
    if (isCount(count)) addToRange(into, target, reduce(index, reduction), count, size)
  }
}

/** How many values a series holds. @param at its first cell. */
export function exponentialCount(cells: Float64Array, at: number, size: ExponentialSize): number {
  const bank = bankAt(cells, at, size)
  let count = cells[at + EXPONENTIAL.zeroCount]
  for (let range = 0; range < rangeCount(size); range++) {
    const buckets = rangeAt(bank, range, size) + RANGE.buckets
    for (let place = 0; place < size.maxSize; place++) count += cells[buckets + place]
  }
  return count
}

/** The index that a bucket has when the scale is reduced: division by a power of two, rounded down. */
export function reduce(index: number, reduction: number): number {
  return Math.floor(index / 2 ** reduction)
}
