import type { Aggregation } from '../segment/aggregation.ts'
import { isCountOrZero } from '../segment/count.ts'
import type { Merging } from '../segment/merge-policy.ts'
import { exponentialAdder } from './add-exponential.ts'
import { addAverages, addLargest, addLast, addSmallest, addValues } from './add-values.ts'
import { addExactly } from './exact-sum.ts'
import type { Link } from './links.ts'
import type { MergedCells } from './totals.ts'

/** Adds one segment's cells to the totals: one loop for each shape of series and way of merging. */
export type Add = (into: MergedCells, cells: Float64Array, link: Link) => void

export function adderFor({ aggregation, merge }: { aggregation: Aggregation } & Merging): Add {
  switch (aggregation.type) {
    case 'explicitBuckets':
      return addHistograms
    case 'exponentialBuckets':
      return exponentialAdder(aggregation)
    case 'sum':
      return { min: addSmallest, max: addLargest, average: addAverages, sum, last: sum, perWorker: sum }[
        merge
      ]
    case 'lastValue':
      return {
        min: addSmallest,
        max: addLargest,
        average: addAverages,
        sum: addValues,
        last: addLast,
        // One writer has one number; two values of it are there for as long as it takes to fold the earlier.
        perWorker: addLast,
      }[merge]
  }
}

/** One cell, a sum. A ledger's is followed by what rounding lost. */
const sum: Add = ({ totals, lows }, cells, { from, to, exact }) => {
  for (let each = 0; each < from.length; each++) {
    const slot = from[each]
    addExactly(totals, to[each], lows, to[each], cells[slot], exact ? cells[slot + 1] : 0)
  }
}

/** Counts, then sum, min and max. A ledger's cells are followed by what rounding the sum lost. */
export const addHistograms: Add = ({ totals, lows, cellCount }, cells, { from, to, exact }) => {
  const sum = cellCount - 3
  for (let each = 0; each < from.length; each++) {
    const slot = from[each]
    const at = to[each]
    for (let cell = 0; cell < sum; cell++) {
      const count = cells[slot + cell]
      if (isCountOrZero(count)) totals[at + cell] += count
    }
    addExactly(totals, at + sum, lows, at / cellCount, cells[slot + sum], exact ? cells[slot + cellCount] : 0)
    if (cells[slot + sum + 1] < totals[at + sum + 1]) totals[at + sum + 1] = cells[slot + sum + 1]
    if (cells[slot + sum + 2] > totals[at + sum + 2]) totals[at + sum + 2] = cells[slot + sum + 2]
  }
}
