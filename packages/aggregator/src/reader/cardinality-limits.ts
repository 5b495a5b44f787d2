import { adderFor } from '../merge/add.ts'
import { normalize } from '../merge/exact-sum.ts'
import type { MergedSeries } from '../merge/merged-series.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import type { StreamCells } from '../merge/resource-metrics.ts'
import { firstCells } from '../segment/aggregation.ts'
import { isAverage, summedCell } from '../segment/merge-policy.ts'
import { OVERFLOW_ATTRIBUTES, OVERFLOW_TEXT } from '../series/attributes.ts'
import { CompactSeries } from './compact-series.ts'

/** The series of a stream that a reader shows by themselves. */
interface Shown {
  readonly stream: MergedStream
  /** That of the stream. */
  readonly version: number
  readonly keys: ReadonlySet<string>
  /** Whether these are all that there are. */
  readonly isAll: boolean
}

/**
 * One reader's limits. Above its limit a stream's further series are reported together under
 * `otel.metric.overflow`, the overflow series counting towards the limit, and totals stay exact (OpenTelemetry
 * metrics SDK, cardinality limits). A series that was shown once is shown for as long as it is there.
 */
export class CardinalityLimits {
  /** By the stream's identity: when all its writers die it is merged anew from the ledger. */
  readonly #shown: Map<string, Shown> = new Map()

  /**
   * @param identity that of the stream.
   * @param cells the stream itself, or what of it is reported this time.
   */
  apply(
    identity: string,
    stream: MergedStream,
    cells: MergedStream | CompactSeries,
    limit: number,
  ): StreamCells {
    const { keys, isAll } = this.#show(identity, stream, Math.max(1, limit) - 1)
    if (isAll) return cells
    const limited = new CompactSeries(cells, keys.size + 1)
    const from: number[] = []
    cells.series.forEach((series, index) => {
      if (series === undefined) return
      const at = index * cells.cellCount
      // A series that is gone is not shown any more, but what it takes back is its own.
      if (keys.has(series.key)) limited.append(series, cells.totals, at, index)
      else from.push(at)
    })
    if (from.length > 0) addOverflow(limited, cells.totals, from)
    return limited
  }

  #show(identity: string, stream: MergedStream, most: number): Shown {
    const before = this.#shown.get(identity)
    if (before?.stream === stream && before.version === stream.version) return before
    const present = stream.series.flatMap(series => (isOrdinary(series) ? series.key : []))
    const isAll = present.length <= most
    const keys = new Set(isAll ? present : present.filter(key => before?.keys.has(key)))
    for (const key of present) if (keys.size < most) keys.add(key)
    const shown = { stream, version: stream.version, keys, isAll }
    this.#shown.set(identity, shown)
    return shown
  }
}

function isOrdinary(series: MergedSeries | undefined): series is MergedSeries {
  return series !== undefined && series.text !== OVERFLOW_TEXT
}

function addOverflow(limited: CompactSeries, cells: Float64Array, from: number[]): void {
  const { definition, cellCount, totals } = limited
  const to = limited.append(OVERFLOW, firstCells(definition.aggregation, true), 0)
  const index = to / cellCount
  const [lows, counts] = [new Float64Array(index + 1), new Float64Array(index + 1)]
  const link = { from, to: from.map(() => to), exact: false }
  adderFor(definition)({ cellCount, totals, lows, counts }, cells, link)
  const sum = summedCell(definition)
  if (sum !== undefined) normalize(totals, to + sum, lows, index)
  if (isAverage(definition)) totals[to] /= counts[index]
}

const OVERFLOW: MergedSeries = {
  key: OVERFLOW_TEXT,
  text: OVERFLOW_TEXT,
  attributes: OVERFLOW_ATTRIBUTES,
  worker: 0,
  createdUs: 0,
}
