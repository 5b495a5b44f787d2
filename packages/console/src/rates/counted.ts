import type { Family } from '../page/page.ts'
import type { Bucket } from '../page/series.ts'
import { seriesOnce } from '../page/series-once.ts'

/** What was counted in one or many histograms, or in a counter: then without buckets. */
export interface Counted {
  count: number
  sum: number
  /** Of the count, what somebody asks about: errors, hits. */
  part: number
  /** Cumulative, by upper boundary. */
  readonly buckets: Map<number, number>
}

export type Labels = ReadonlyMap<string, string>

/** The series of a family that have the same key, added up. A key of undefined leaves a series out. */
export function countedBy(
  family: Family | undefined,
  keyOf: (labels: Labels) => string | undefined,
  isPart: (labels: Labels) => boolean = () => false,
): Map<string, Counted> {
  const all = new Map<string, Counted>()
  for (const { labels, value, histogram } of family === undefined ? [] : seriesOnce(family)) {
    const key = keyOf(labels)
    if (key === undefined) continue
    const counted = all.get(key) ?? nothing()
    all.set(key, counted)
    const count = histogram?.count ?? value ?? 0
    counted.count += count
    counted.sum += histogram?.sum ?? 0
    if (isPart(labels)) counted.part += count
    for (const { upTo, count } of histogram?.buckets ?? [])
      counted.buckets.set(upTo, (counted.buckets.get(upTo) ?? 0) + count)
  }
  return all
}

/** Everything together. */
export function addUp(all: Iterable<Counted>): Counted {
  const sum = nothing()
  for (const { count, sum: total, part, buckets } of all) {
    sum.count += count
    sum.sum += total
    sum.part += part
    for (const [upTo, each] of buckets) sum.buckets.set(upTo, (sum.buckets.get(upTo) ?? 0) + each)
  }
  return sum
}

/** What came between two looks. Counters begin anew with a new run: then all that is there came since. */
export function since(now: Counted, before: Counted | undefined): Counted {
  if (before === undefined || before.count > now.count) return now
  const buckets = new Map<number, number>()
  for (const [upTo, count] of now.buckets) buckets.set(upTo, count - (before.buckets.get(upTo) ?? 0))
  return {
    count: now.count - before.count,
    sum: now.sum - before.sum,
    part: Math.max(0, now.part - before.part),
    buckets,
  }
}

/** In ascending order, as quantiles want them. */
export function bucketsOf({ buckets }: Counted): Bucket[] {
  return [...buckets].map(([upTo, count]) => ({ upTo, count })).sort((a, b) => a.upTo - b.upTo)
}

function nothing(): Counted {
  return { count: 0, sum: 0, part: 0, buckets: new Map() }
}
