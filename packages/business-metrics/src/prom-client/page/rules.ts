import type { Aggregator } from '../types.ts'
import type { Merging } from './page-meter.ts'

/**
 * prom-client's aggregators as the page's ways to merge. Each is over the processes that live, as prom-client asks only
 * those. The first to answer is whoever it is: here, who spoke last.
 */
export function mergingOf(aggregator: Aggregator): Merging | undefined {
  const merge = POLICIES[aggregator]
  return merge && { merge, keepDead: false }
}

const POLICIES: Record<string, Merging['merge'] | undefined> = {
  sum: 'sum',
  min: 'min',
  max: 'max',
  average: 'average',
  first: 'last',
}
