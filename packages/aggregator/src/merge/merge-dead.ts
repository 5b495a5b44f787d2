import type { Snapshot } from '../snapshot/directory-reader.ts'
import { Merge } from './merge.ts'

/**
 * The totals of the dead alone. What the page counts together because of a limit, the ledger holds together: else
 * it would grow with every series that any dead writer ever had. What the page shows on its own stays on its own.
 */
export function mergeDead(dead: Snapshot, everybody: Snapshot): Merge {
  const alone = new Merge()
  alone.update(dead)
  if (![...alone.streams.values()].some(stream => stream.joinedCount > 0)) return alone
  const page = new Merge()
  page.update(everybody)
  const alike = new Merge(page)
  alike.update(dead)
  return alike
}
