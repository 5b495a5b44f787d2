import type { Aggregation } from './aggregation.ts'
import {
  BANK,
  bucketPlace,
  EXPONENTIAL,
  type ExponentialSize,
  RANGE,
  rangeCount,
} from './exponential-cells.ts'
import { bankAt, isEmptyRange, rangeAt, reduce } from './exponential-range.ts'

/** The cells of one series: `cells[at]` is the first, `low` what its sum lost to rounding. */
export interface SeriesCells {
  readonly cells: Float64Array
  readonly at: number
  readonly low: number
}

/**
 * Takes what a series was before off what it is now; the difference stands in the cells of `now`. Returns false
 * when a count is smaller than before, which a difference can't say; the cells are then of no use.
 */
export type Subtract = (now: SeriesCells, before: SeriesCells) => boolean

/** What is smallest and largest stays as it is, and what was said last has no difference. */
export function subtracterFor(aggregation: Aggregation, monotonic: boolean): Subtract {
  switch (aggregation.type) {
    case 'sum':
      return monotonic ? subtractGrowing : subtractSum
    case 'lastValue':
      return () => true
    case 'explicitBuckets':
      return histogramSubtracter(aggregation.boundaries.length + 1)
    case 'exponentialBuckets':
      return exponentialSubtracter(aggregation)
  }
}

const subtractSum: Subtract = (now, before) => {
  now.cells[now.at] = difference(now, before, 0)
  return true
}

const subtractGrowing: Subtract = (now, before) => {
  return subtractSum(now, before) && now.cells[now.at] >= 0
}

/** Of two exact sums: the high parts may cancel, and then the low ones are all there is. */
function difference(now: SeriesCells, before: SeriesCells, cell: number): number {
  return now.cells[now.at + cell] - before.cells[before.at + cell] + (now.low - before.low)
}

function histogramSubtracter(bucketCount: number): Subtract {
  return (now, before) => {
    const { cells, at } = now
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      cells[at + bucket] -= before.cells[before.at + bucket]
      if (cells[at + bucket] < 0) return false
    }
    cells[at + bucketCount] = difference(now, before, bucketCount)
    return true
  }
}

/** The scale can only have become coarser since: earlier buckets are brought to it. */
function exponentialSubtracter(size: ExponentialSize): Subtract {
  return (now, before) => {
    const { cells, at } = now
    cells[at + EXPONENTIAL.zeroCount] -= before.cells[before.at + EXPONENTIAL.zeroCount]
    if (cells[at + EXPONENTIAL.zeroCount] < 0) return false
    cells[at + EXPONENTIAL.sum] = difference(now, before, EXPONENTIAL.sum)
    const bank = bankAt(cells, at, size)
    const earlier = bankAt(before.cells, before.at, size)
    const reduction = before.cells[earlier + BANK.scale] - cells[bank + BANK.scale]
    if (reduction < 0) return false
    for (let range = 0; range < rangeCount(size); range++) {
      const [into, from] = [rangeAt(bank, range, size), rangeAt(earlier, range, size)]
      if (!subtractRange(cells, into, before.cells, from, reduction, size)) return false
    }
    return true
  }
}

function subtractRange(
  cells: Float64Array,
  into: number,
  before: Float64Array,
  from: number,
  reduction: number,
  size: ExponentialSize,
): boolean {
  if (isEmptyRange(before, from, size)) return true
  if (isEmptyRange(cells, into, size)) return false
  for (let index = before[from + RANGE.start]; index <= before[from + RANGE.end]; index++) {
    const count = before[from + RANGE.buckets + bucketPlace(index, size.maxSize)]
    const reduced = reduce(index, reduction)
    if (count === 0) continue
    if (reduced < cells[into + RANGE.start] || reduced > cells[into + RANGE.end]) return false
    const bucket = into + RANGE.buckets + bucketPlace(reduced, size.maxSize)
    cells[bucket] -= count
    if (cells[bucket] < 0) return false
  }
  return true
}

/** Of a difference nobody knows which of its values was the smallest and which the largest. */
export function forgetExtremes(aggregation: Aggregation, cells: Float64Array, at: number): void {
  if (aggregation.type === 'sum' || aggregation.type === 'lastValue') return
  const isExplicit = aggregation.type === 'explicitBuckets'
  // The buckets, the one above them all, the sum.
  const min = at + (isExplicit ? aggregation.boundaries.length + 2 : EXPONENTIAL.min)
  const max = isExplicit ? min + 1 : at + EXPONENTIAL.max
  cells[min] = Number.POSITIVE_INFINITY
  cells[max] = Number.NEGATIVE_INFINITY
}
