import type { MergedStream } from '../merge/merged-stream.ts'
import type { Exemplar } from '../segment/exemplar-cells.ts'
import { EXPONENTIAL, type ExponentialSize } from '../segment/exponential-cells.ts'
import { exponentialCount } from '../segment/exponential-range.ts'
import { measuresNegatives, type StreamDefinition } from '../segment/stream.ts'
import type { TextFormat } from './text-format.ts'

/** The lines that each series of a stream has, in their order, and what they say. */
export interface SeriesLines {
  /** The upper bounds of its `_bucket` lines but the last; undefined where it is one line, with the family's name. */
  readonly bounds: readonly number[] | undefined
  readonly hasSum: boolean
  readonly hasCount: boolean
  /** How many lines that makes. */
  readonly count: number
  /** Whether a line without a value, which is NaN, is left out. */
  readonly areOptional: boolean
  /** Fills in the values of these series' lines, one series after the other. */
  read(stream: MergedStream, indexes: Uint32Array, values: Float64Array): void
  /** Puts the exemplars of a series, by place, where its lines are. */
  spread(exemplars: readonly (Exemplar | undefined)[]): readonly (Exemplar | undefined)[]
}

/**
 * Of values that may be negative there is no sum (OpenTelemetry metrics SDK, histogram aggregations), and in
 * OpenMetrics no count without a sum. The text formats know no exponential buckets: of such a histogram they show
 * the count and the sum.
 */
export function seriesLines({ aggregation, kind }: StreamDefinition, format: TextFormat): SeriesLines {
  if (aggregation.type === 'sum' || aggregation.type === 'lastValue') return ONE_VALUE
  const isExplicit = aggregation.type === 'explicitBuckets'
  const hasSum = isExplicit ? !measuresNegatives(kind) : !aggregation.negative
  const hasCount = hasSum || !format.pairsSumAndCount
  const bounds = isExplicit ? aggregation.boundaries : []
  const count = bounds.length + 1 + Number(hasSum) + Number(hasCount)
  const shape = { bounds, hasSum, hasCount, count, areOptional: false }
  if (isExplicit) return { ...shape, read: explicitReader(shape), spread: exemplars => exemplars }
  return {
    ...shape,
    read: exponentialReader(shape, aggregation),
    spread: exemplars => [exemplars.find(each => each !== undefined)],
  }
}

const ONE_VALUE: SeriesLines = {
  bounds: undefined,
  hasSum: false,
  hasCount: false,
  count: 1,
  areOptional: true,
  read({ totals, cellCount }, indexes, values) {
    for (let each = 0; each < indexes.length; each++) values[each] = totals[indexes[each] * cellCount]
  },
  spread: exemplars => exemplars,
}

type Shape = Pick<SeriesLines, 'hasSum' | 'hasCount'>

/** Buckets are cumulative on a page; the last of them is the count. */
function explicitReader({ hasSum, hasCount }: Shape): SeriesLines['read'] {
  return ({ totals, cellCount }, indexes, values) => {
    const buckets = cellCount - 3
    let line = 0
    for (let each = 0; each < indexes.length; each++) {
      const first = indexes[each] * cellCount
      let count = 0
      for (let cell = first; cell < first + buckets; cell++) {
        count += totals[cell]
        values[line++] = count
      }
      if (hasSum) values[line++] = totals[first + buckets]
      if (hasCount) values[line++] = count
    }
  }
}

function exponentialReader({ hasSum, hasCount }: Shape, size: ExponentialSize): SeriesLines['read'] {
  return ({ totals, cellCount }, indexes, values) => {
    let line = 0
    for (const index of indexes) {
      const first = index * cellCount
      const count = exponentialCount(totals, first, size)
      values[line++] = count
      if (hasSum) values[line++] = totals[first + EXPONENTIAL.sum]
      if (hasCount) values[line++] = count
    }
  }
}
