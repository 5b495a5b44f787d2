import type { Family } from './page.ts'

/** One series: a value, or a histogram with its buckets in ascending order. */
export interface Series {
  readonly labels: ReadonlyMap<string, string>
  readonly value?: number
  readonly histogram?: Histogram
}

export interface Histogram {
  count: number
  sum: number
  /** Cumulative, as on the page; summaries have none. */
  readonly buckets: Bucket[]
}

export interface Bucket {
  readonly upTo: number
  readonly count: number
}

/** The samples of a family by series: of a histogram all lines together. `_created` is left out. */
export function seriesOf(family: Family): Series[] {
  const isHistogram = family.type === 'histogram' || family.type === 'gaugehistogram'
  if (!isHistogram && family.type !== 'summary')
    return family.samples
      .filter(({ name }) => name === family.name || !name.endsWith('_created'))
      .map(({ labels, value }) => ({ labels, value }))
  const bound = isHistogram ? 'le' : 'quantile'
  const found = new Map<string, Series & { histogram: Histogram }>()
  // The lines of a series have their labels in the same order, almost always: only the first of them is looked at twice.
  const byWritten = new Map<string, Series & { histogram: Histogram }>()
  for (const { name, labels, value } of family.samples) {
    const written = writtenLabels(labels, bound)
    let series = byWritten.get(written)
    if (series === undefined) {
      const own = new Map([...labels].filter(([key]) => key !== bound))
      const identity = JSON.stringify([...own].sort(([a], [b]) => (a < b ? -1 : 1)))
      series = found.get(identity) ?? {
        labels: own,
        histogram: { count: 0, sum: Number.NaN, buckets: [] },
      }
      found.set(identity, series)
      byWritten.set(written, series)
    }
    const { histogram } = series
    if (name.endsWith('_sum') || name.endsWith('_gsum')) histogram.sum = value
    else if (name.endsWith('_count') || name.endsWith('_gcount')) histogram.count = value
    else if (name.endsWith('_bucket'))
      histogram.buckets.push({ upTo: boundOf(labels.get('le') ?? ''), count: value })
  }
  for (const { histogram } of found.values()) histogram.buckets.sort((a, b) => a.upTo - b.upTo)
  return [...found.values()]
}

function writtenLabels(labels: ReadonlyMap<string, string>, bound: string): string {
  let written = ''
  for (const [key, value] of labels) if (key !== bound) written += `${key}\0${value}\0`
  return written
}

function boundOf(text: string): number {
  return text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text)
}

/**
 * The quantile by cumulative buckets, as Prometheus' `histogram_quantile` has it: within a bucket values are taken
 * to be spread evenly; above the highest boundary it is that boundary. NaN without values.
 */
export function quantile(buckets: readonly Bucket[], share: number): number {
  const total = buckets.at(-1)?.count ?? 0
  if (!(total > 0)) return Number.NaN
  const rank = share * total
  const index = buckets.findIndex(({ count }) => count >= rank)
  const bucket = buckets[index]
  if (bucket.upTo === Number.POSITIVE_INFINITY) return buckets[index - 1]?.upTo ?? Number.NaN
  const below = buckets[index - 1]
  const from = below?.upTo ?? Math.min(0, bucket.upTo)
  const counted = bucket.count - (below?.count ?? 0)
  if (counted === 0) return bucket.upTo
  return from + ((bucket.upTo - from) * (rank - (below?.count ?? 0))) / counted
}
