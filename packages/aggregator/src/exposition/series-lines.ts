import type { MergedSeries } from '../merge/merged-series.ts'
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
  /** Whether the last line says when the series began. */
  readonly hasCreated: boolean
  /** How many lines that makes. */
  readonly count: number
  /** Whether a line without a value, which is NaN, is left out. */
  isOptional(line: number): boolean
  /** Fills in the values of these series' lines, one series after the other. */
  read(stream: MergedStream, indexes: Uint32Array, values: Float64Array): void
  /** Puts the exemplars of a series, by place, where its lines are. */
  spread(exemplars: readonly (Exemplar | undefined)[]): readonly (Exemplar | undefined)[]
}

/** When a series began, in seconds since the epoch; NaN: nobody knows. */
export type Created = (series: MergedSeries) => number

/**
 * Of values that may be negative there is no sum (OpenTelemetry metrics SDK, histogram aggregations), nor in
 * OpenMetrics where a bucket is negative, and there no count without a sum. The text formats know no exponential buckets: of such a histogram they show
 * the count and the sum.
 */
export function seriesLines(
  { aggregation, kind }: StreamDefinition,
  format: TextFormat,
  created?: Created,
): SeriesLines {
  if (aggregation.type === 'sum' || aggregation.type === 'lastValue') return oneValue(created)
  const isExplicit = aggregation.type === 'explicitBuckets'
  const hasNegativeBound = isExplicit && aggregation.boundaries[0] < 0
  const hasNegatives = isExplicit ? measuresNegatives(kind) : aggregation.negative
  const hasSum = !hasNegatives && !(hasNegativeBound && format.pairsSumAndCount)
  const hasCount = hasSum || !format.pairsSumAndCount
  const bounds = isExplicit ? aggregation.boundaries : []
  const hasCreated = created !== undefined
  const count = bounds.length + 1 + Number(hasSum) + Number(hasCount) + Number(hasCreated)
  const isOptional = (line: number) => hasCreated && line % count === count - 1
  const shape = { bounds, hasSum, hasCount, hasCreated, count, isOptional, created }
  if (isExplicit) return { ...shape, read: explicitReader(shape), spread: exemplars => exemplars }
  return {
    ...shape,
    read: exponentialReader(shape, aggregation),
    spread: exemplars => [exemplars.find(each => each !== undefined)],
  }
}

function oneValue(created: Created | undefined): SeriesLines {
  return {
    bounds: undefined,
    hasSum: false,
    hasCount: false,
    hasCreated: created !== undefined,
    count: created === undefined ? 1 : 2,
    isOptional: () => true,
    read({ totals, cellCount, series }, indexes, values) {
      let line = 0
      for (const index of indexes) {
        const value = totals[index * cellCount]
        values[line++] = value
        // Of what is not there nobody is told when it began.
        if (created !== undefined) values[line++] = Number.isNaN(value) ? value : created(series[index]!)
      }
    },
    spread: exemplars => exemplars,
  }
}

interface Shape extends Pick<SeriesLines, 'hasSum' | 'hasCount'> {
  readonly created: Created | undefined
}

/** Buckets are cumulative on a page; the last of them is the count. */
function explicitReader({ hasSum, hasCount, created }: Shape): SeriesLines['read'] {
  return ({ totals, cellCount, series }, indexes, values) => {
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
      if (created !== undefined) values[line++] = created(series[indexes[each]]!)
    }
  }
}

function exponentialReader({ hasSum, hasCount, created }: Shape, size: ExponentialSize): SeriesLines['read'] {
  return ({ totals, cellCount, series }, indexes, values) => {
    let line = 0
    for (const index of indexes) {
      const first = index * cellCount
      const count = exponentialCount(totals, first, size)
      values[line++] = count
      if (hasSum) values[line++] = totals[first + EXPONENTIAL.sum]
      if (hasCount) values[line++] = count
      if (created !== undefined) values[line++] = created(series[index]!)
    }
  }
}
