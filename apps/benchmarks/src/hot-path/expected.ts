import { boundaries } from '../boundaries.ts'
import { type Labels, labelSets, type Operation, operations, order, values, wrap } from './workload.ts'

/** One series as a peer reports it; counters leave `sum` and `buckets` out. */
export interface SeriesTotal extends Labels {
  count: number
  sum?: number
  /** How many values fell into each bucket alone, the last one without an upper boundary. */
  buckets?: number[]
  /** How many values are in all buckets of an exponential histogram together. */
  scaledCount?: number
}

export type Totals = Partial<Record<Operation, SeriesTotal[]>>

/** Throws unless the peer has counted every call of every round in the right series and bucket. */
export function checkTotals(peer: string, totals: Totals, calls: readonly number[]): void {
  for (const operation of operations) {
    const found = totals[operation]
    if (found === undefined) continue
    const wanted = expectedSeries(calls, operation)
    if (found.length !== wanted.size) {
      throw new Error(`${peer}: ${operation} has ${found.length} series, not ${wanted.size}`)
    }
    for (const series of found) checkSeries(`${peer}: ${operation}`, series, wanted.get(keyOf(series)))
  }
}

function checkSeries(name: string, found: SeriesTotal, wanted: SeriesTotal | undefined): void {
  const say = (series: SeriesTotal | undefined) =>
    series && JSON.stringify([series.count, series.sum, series.buckets, series.scaledCount])
  if (say(found) !== say(wanted)) {
    throw new Error(`${name} of ${keyOf(found)} is ${say(found)} but should be ${say(wanted)}`)
  }
}

function expectedSeries(calls: readonly number[], operation: Operation): Map<string, SeriesTotal> {
  const series: SeriesTotal[] = labelSets.map(labels => ({ ...labels, count: 0 }))
  const [isExponential, isHistogram] = [operation === 'exponential', /histogram/i.test(operation)]
  for (const one of series) {
    if (isExponential) Object.assign(one, { sum: 0, scaledCount: 0 })
    if (isHistogram) Object.assign(one, { sum: 0, buckets: new Array(boundaries.length + 1).fill(0) })
  }
  for (let index = 0; index <= wrap; index++) {
    // Every round starts at the first entry, so entry n was used once for each full turn and once for a longer rest.
    const times = calls.reduce((sum, count) => sum + Math.ceil((count - index) / (wrap + 1)), 0)
    const one = series[order[index]]
    one.count += times
    if (one.sum !== undefined) one.sum += times * values[index]
    if (one.scaledCount !== undefined) one.scaledCount += times
    if (one.buckets !== undefined) one.buckets[bucketOf(values[index])] += times
  }
  return new Map(series.map(one => [keyOf(one), one]))
}

function bucketOf(value: number): number {
  const bucket = boundaries.findIndex(boundary => value <= boundary)
  return bucket === -1 ? boundaries.length : bucket
}

function keyOf({ method, route, status }: Labels): string {
  return `${method} ${route} ${status}`
}
