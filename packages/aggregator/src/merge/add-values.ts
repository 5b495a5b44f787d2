import type { Add } from './add.ts'
import { addExactly } from './exact-sum.ts'

/*
 * Merging of what has one value: gauges (a value, and in the next cell when it was said) and up-down counters (a
 * value). NaN is a value that is not there. None of the results depends on the order of the writers.
 */

/** The later of two values stands; at the same moment the larger one, so that order does not matter. */
export const addLast: Add = ({ totals }, cells, { from, to }) => {
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

export const addSmallest: Add = (into, cells, { from, to }) => {
  const { totals } = into
  for (let each = 0; each < from.length; each++) {
    const value = cells[from[each]]
    if (Number.isNaN(value)) continue
    // Not `>=`: the total may be NaN.
    if (!(totals[to[each]] <= value)) totals[to[each]] = value
    keepLatestTime(into, cells, from[each], to[each])
  }
}

export const addLargest: Add = (into, cells, { from, to }) => {
  const { totals } = into
  for (let each = 0; each < from.length; each++) {
    const value = cells[from[each]]
    if (Number.isNaN(value)) continue
    if (!(totals[to[each]] >= value)) totals[to[each]] = value
    keepLatestTime(into, cells, from[each], to[each])
  }
}

/** The sum of gauges. A ledger's cells are followed by what rounding lost. */
export const addValues: Add = (into, cells, { from, to, exact }) => {
  const { totals, lows, cellCount } = into
  for (let each = 0; each < from.length; each++) {
    const slot = from[each]
    if (Number.isNaN(cells[slot])) continue
    const low = exact ? cells[slot + cellCount] : 0
    addExactly(totals, to[each], lows, to[each] / cellCount, cells[slot], low)
    keepLatestTime(into, cells, slot, to[each])
  }
}

/** The sum, and of how many values: a ledger says so behind what rounding lost. */
export const addAverages: Add = (into, cells, link) => {
  const { cellCount, counts } = into
  addValues(into, cells, link)
  const { from, to, exact } = link
  for (let each = 0; each < from.length; each++) {
    const slot = from[each]
    if (Number.isNaN(cells[slot])) continue
    counts[to[each] / cellCount] += exact ? cells[slot + cellCount + 1] : 1
  }
}

/** What several writers say together was said when the last of them spoke. */
function keepLatestTime(
  { totals, cellCount }: { totals: Float64Array; cellCount: number },
  cells: Float64Array,
  slot: number,
  at: number,
): void {
  if (cellCount > 1 && cells[slot + 1] > totals[at + 1]) totals[at + 1] = cells[slot + 1]
}
