import type { MergedSeries } from '../merge/merged-series.ts'
import type { StreamCells } from '../merge/resource-metrics.ts'
import type { Aggregation } from '../segment/aggregation.ts'
import { exponentialCount } from '../segment/exponential-range.ts'
import { isMonotonic, parseAttributes, type StreamDefinition } from '../segment/stream.ts'
import { forgetExtremes, subtracterFor } from '../segment/subtract.ts'
import { canonicalAttributes } from '../series/attributes.ts'
import { CompactSeries } from './compact-series.ts'
import type { ExportedStream } from './exported-stream.ts'

/** What a delta is taken of: a merged stream. */
export interface Totals extends StreamCells {
  readonly series: readonly (MergedSeries | undefined)[]
  readonly lows: Float64Array
}

/** Whether differences of this stream's totals mean anything: it counts, and writers' values add up. */
export function canBeDelta({ aggregation, merge }: StreamDefinition): boolean {
  return aggregation.type !== 'lastValue' && (merge === 'sum' || merge === 'perWorker')
}

/**
 * What was counted since `exported`, which afterwards holds the present totals. A series of which nothing was
 * counted is left out, unless it is new.
 *
 * Differences are taken of merged totals, the dead included: a worker that dies between two collections loses
 * nothing and doubles nothing. Totals that only grow may be absent or smaller for a moment, when a callback fails:
 * nothing is said then, and the largest totals stay what the next delta is taken from. A sum of the living falls
 * when one of them dies: its delta is negative, and that of a series that is gone takes back what was said of it.
 */
export function takeDelta(now: Totals, exported: ExportedStream, sinceMs: number): CompactSeries {
  const { definition, cellCount, totals, lows } = now
  const { aggregation, kind, keepDead } = definition
  const subtract = subtracterFor(aggregation, isMonotonic(kind))
  const delta = new CompactSeries(now, now.series.length + exported.series.length, sinceMs)
  const present = new Set<number>()

  now.series.forEach((series, index) => {
    const at = index * cellCount
    if (series === undefined || Number.isNaN(totals[at])) return
    const text = textOf(series)
    const before = exported.indexOf(text)
    const to = delta.append(series, totals, at, index)
    if (before !== undefined) {
      present.add(before)
      const earlier = { cells: exported.totals, at: before * cellCount, low: exported.lows[before] }
      forgetExtremes(aggregation, delta.totals, to)
      const grown = subtract({ cells: delta.totals, at: to, low: lows[index] }, earlier)
      if (!grown || isNothing(aggregation, delta.totals, to)) delta.dropLast()
      if (!grown && keepDead) return
    }
    exported.store(text, totals, at, lows[index])
    present.add(exported.indexOf(text)!)
  })

  exported.series.forEach((series, index) => {
    if (series === undefined || present.has(index) || keepDead) return
    takeBack(series.text, index, exported, delta)
    exported.remove(index)
  })
  return delta
}

/** What is left of a stream whose last writer is gone. */
export function noTotals({ definition, cellCount }: ExportedStream): Totals {
  const none = new Float64Array(0)
  return { definition, cellCount, series: [], totals: none, lows: none, exemplars: { present: () => [] } }
}

/** The worker in whose name a value is kept belongs to the text, as it does to the attributes. */
function textOf({ key, text, attributes }: MergedSeries): string {
  return key === text ? text : canonicalAttributes(attributes)
}

function takeBack(text: string, index: number, exported: ExportedStream, delta: CompactSeries): void {
  const { aggregation, kind } = exported.definition
  const attributes = parseAttributes(text)
  if (aggregation.type !== 'sum' || isMonotonic(kind) || attributes === undefined) return
  if (exported.totals[index] === 0) return
  const to = delta.append({ key: text, text, attributes, worker: 0, createdUs: 0 }, exported.totals, index)
  delta.totals[to] = -exported.totals[index]
}

function isNothing(aggregation: Aggregation, cells: Float64Array, at: number): boolean {
  switch (aggregation.type) {
    case 'exponentialBuckets':
      return exponentialCount(cells, at, aggregation) === 0
    case 'explicitBuckets':
      for (let bucket = 0; bucket <= aggregation.boundaries.length; bucket++) {
        if (cells[at + bucket] !== 0) return false
      }
      return true
    default:
      return cells[at] === 0
  }
}
