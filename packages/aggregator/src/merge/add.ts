import type { Aggregation } from '../segment/aggregation.ts'
import { isCount } from '../segment/count.ts'
import { exponentialAdder } from './add-exponential.ts'
import { addExactly } from './exact-sum.ts'
import type { Link, MergedCells } from './merged-stream.ts'

/** Adds one segment's cells to the totals: one loop for each shape of series. */
export type Add = (into: MergedCells, cells: Float64Array, link: Link) => void

export function adderFor(aggregation: Aggregation): Add {
  switch (aggregation.type) {
    case 'sum':
      return addSums
    case 'lastValue':
      return addLast
    case 'explicitBuckets':
      return addHistograms
    case 'exponentialBuckets':
      return exponentialAdder(aggregation)
  }
}

/** One cell, a sum. A ledger's is followed by what rounding lost. */
const addSums: Add = ({ totals, lows }, cells, { from, to, exact }) => {
  for (let each = 0; each < from.length; each++) {
    const slot = from[each]
    addExactly(totals, to[each], lows, to[each], cells[slot], exact ? cells[slot + 1] : 0)
  }
}

/** The later of two values stands; at the same moment the larger one, so that order does not matter. */
const addLast: Add = ({ totals }, cells, { from, to }) => {
  for (let each = 0; each < from.length; each++) {
    const slot = from[each]
    const at = to[each]
    const value = cells[slot]
    if (Number.isNaN(value)) continue
    const isLater =
      cells[slot + 1] > totals[at + 1] || (cells[slot + 1] === totals[at + 1] && value > totals[at])
    if (!isLater && !Number.isNaN(totals[at])) continue
    totals[at] = value
    totals[at + 1] = cells[slot + 1]
  }
}

/** Counts, then sum, min and max. A ledger's cells are followed by what rounding the sum lost. */
const addHistograms: Add = ({ totals, lows, cellCount }, cells, { from, to, exact }) => {
  const sum = cellCount - 3
  for (let each = 0; each < from.length; each++) {
    const slot = from[each]
    const at = to[each]
    for (let cell = 0; cell < sum; cell++) {
      const count = cells[slot + cell]
      if (isCount(count)) totals[at + cell] += count
    }
    addExactly(totals, at + sum, lows, at / cellCount, cells[slot + sum], exact ? cells[slot + cellCount] : 0)
    if (cells[slot + sum + 1] < totals[at + sum + 1]) totals[at + sum + 1] = cells[slot + sum + 1]
    if (cells[slot + sum + 2] > totals[at + sum + 2]) totals[at + sum + 2] = cells[slot + sum + 2]
  }
}
