import { exponentialHistogramAt } from '../../src/merge/exponential-histogram.ts'
import { Merge } from '../../src/merge/merge.ts'
import type { MergedStream } from '../../src/merge/merged-stream.ts'
import { EXPONENTIAL } from '../../src/segment/exponential-cells.ts'
import type { Snapshot } from '../../src/snapshot/directory-reader.ts'

/** Every number of every series that must outlive its writer, as text, by stream and attributes. */
export function totalsOf(snapshot: Snapshot): Map<string, string> {
  const totals = new Map<string, string>()
  for (const stream of mergedOf(snapshot)) {
    if (!stream.definition.keepDead) continue
    stream.series.forEach((series, index) => {
      if (series !== undefined) totals.set(`${stream.definition.name}${series.key}`, valuesOf(stream, index))
    })
  }
  return totals
}

/** How many values a stream holds over all series, and what they add up to. */
export function countAndSum(snapshot: Snapshot, name: string): [number, number] {
  const stream = mergedOf(snapshot).find(each => each.definition.name === name)
  let count = 0
  let sum = 0
  stream?.series.forEach((series, index) => {
    if (series === undefined) return
    const { cellCount, totals } = stream
    const { aggregation } = stream.definition
    const at = index * cellCount
    if (aggregation.type === 'exponentialBuckets') {
      const histogram = exponentialHistogramAt(totals, at, aggregation)
      count += histogram.count
      sum += totals[at + EXPONENTIAL.sum]
    } else if (aggregation.type === 'explicitBuckets') {
      for (let cell = 0; cell < cellCount - 3; cell++) count += totals[at + cell]
      sum += totals[at + cellCount - 3]
    } else {
      count += totals[at] > 0 ? 1 : 0
      sum += totals[at]
    }
  })
  return [count, sum]
}

function mergedOf(snapshot: Snapshot): MergedStream[] {
  const merge = new Merge()
  merge.update(snapshot)
  return [...merge.streams.values()]
}

function valuesOf({ totals, cellCount, definition }: MergedStream, index: number): string {
  const at = index * cellCount
  const { aggregation } = definition
  const values =
    aggregation.type === 'exponentialBuckets'
      ? { ...exponentialHistogramAt(totals, at, aggregation), sum: totals[at + EXPONENTIAL.sum] }
      : [...totals.subarray(at, at + cellCount)]
  return JSON.stringify(values)
}
