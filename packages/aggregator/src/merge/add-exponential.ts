import { isCount } from '../segment/count.ts'
import {
  BANK,
  EXPONENTIAL,
  type ExponentialSize,
  MAX_SCALE,
  MIN_SCALE,
  RANGE,
  rangeCount,
} from '../segment/exponential-cells.ts'
import {
  addReduced,
  bankAt,
  isEmptyRange,
  rangeAt,
  reduce,
  reductionFor,
  writeReduced,
} from '../segment/exponential-range.ts'
import type { Add } from './add.ts'
import { addExactly } from './exact-sum.ts'

/**
 * Adds exponential histograms of different scales: both are brought to the largest scale that holds all their
 * values in `maxSize` buckets (OpenTelemetry data model, merging ExponentialHistograms). The result does not
 * depend on the order: reducing a scale twice is the same as reducing it once by the sum.
 */
export function exponentialAdder(size: ExponentialSize): Add {
  return ({ totals, lows, cellCount }, cells, { from, to, exact }) => {
    for (let each = 0; each < from.length; each++) {
      const slot = from[each]
      const at = to[each]
      const zeroCount = cells[slot + EXPONENTIAL.zeroCount]
      if (isCount(zeroCount)) totals[at + EXPONENTIAL.zeroCount] += zeroCount
      const low = exact ? cells[slot + cellCount] : 0
      addExactly(totals, at + EXPONENTIAL.sum, lows, at / cellCount, cells[slot + EXPONENTIAL.sum], low)
      const { min, max } = EXPONENTIAL
      if (cells[slot + min] < totals[at + min]) totals[at + min] = cells[slot + min]
      if (cells[slot + max] > totals[at + max]) totals[at + max] = cells[slot + max]
      addBank(totals, at, cells, slot, size)
    }
  }
}

function addBank(
  totals: Float64Array,
  at: number,
  cells: Float64Array,
  slot: number,
  size: ExponentialSize,
): void {
  const from = bankAt(cells, slot, size)
  const into = bankAt(totals, at, size)
  // Whatever stands in a damaged file must not coarsen what others say.
  const theirScale = cells[from + BANK.scale]
  if (!(theirScale >= MIN_SCALE && theirScale <= MAX_SCALE && Number.isInteger(theirScale))) return
  const scale = Math.min(totals[into + BANK.scale], theirScale)
  const ours = totals[into + BANK.scale] - scale
  const theirs = theirScale - scale
  // Brought to one scale first, so that the ranges can be compared.
  const bank = ours > 0 ? reduceTotals(totals, at, ours, size) : into
  let more = 0
  for (let range = 0; range < rangeCount(size); range++) {
    const source = rangeAt(from, range, size)
    if (isEmptyRange(cells, source, size)) continue
    const low = reduce(cells[source + RANGE.start], theirs)
    const high = reduce(cells[source + RANGE.end], theirs)
    more = Math.max(more, reductionFor(totals, rangeAt(bank, range, size), low, high, size))
  }
  const target = more > 0 ? reduceTotals(totals, at, more, size) : bank
  for (let range = 0; range < rangeCount(size); range++) {
    addReduced(totals, rangeAt(target, range, size), cells, rangeAt(from, range, size), theirs + more, size)
  }
}

/** Changes over to the other bank, as a writer does; nobody else sees the totals. */
function reduceTotals(totals: Float64Array, at: number, reduction: number, size: ExponentialSize): number {
  const from = bankAt(totals, at, size)
  totals[at + EXPONENTIAL.generation] += 1
  const to = bankAt(totals, at, size)
  writeReduced(totals, from, to, reduction, size)
  return to
}
