import { EXPONENTIAL, exponentialCellCount, firstExponentialCells } from './exponential-cells.ts'

/** What becomes of an instrument's measurements: the OpenTelemetry SDK's aggregations, as data. */
export type Aggregation =
  | { readonly type: 'sum' }
  | { readonly type: 'lastValue' }
  | {
      readonly type: 'explicitBuckets'
      /** Upper bounds, inclusive, ascending and finite. */
      readonly boundaries: readonly number[]
      readonly recordMinMax: boolean
    }
  | {
      readonly type: 'exponentialBuckets'
      /** Buckets a range may have; when a value falls outside, the scale is reduced. */
      readonly maxSize: number
      /** Whether there is a second range, for negative values. */
      readonly negative: boolean
      readonly recordMinMax: boolean
    }

/** What one cell of a series means, which decides how it is merged. */
export type CellRole =
  /** A whole number that adds up. */
  | 'count'
  /** A float that adds up; NaN: nothing observed. */
  | 'sum'
  /** The smallest wins. */
  | 'min'
  /** The largest wins. */
  | 'max'
  /** The value with the latest time wins; the time stands in the next cell. NaN: nothing said. */
  | 'last'
  /** When the cell before was said, milliseconds since the epoch. */
  | 'time'

const FIRST: Record<CellRole, number> = {
  count: 0,
  sum: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  last: Number.NaN,
  time: 0,
}

/**
 * The cells of one series, in order. An explicit-bucket histogram has one count for each bucket, the last for
 * everything above the highest boundary, then sum, min and max. Its count is not stored: it is the sum of the
 * buckets, so no reader can see a count that its buckets contradict. For exponential ones see exponential-cells.ts.
 */
export function cellRoles(aggregation: Exclude<Aggregation, { type: 'exponentialBuckets' }>): CellRole[] {
  switch (aggregation.type) {
    case 'explicitBuckets':
      return [...aggregation.boundaries.map((): CellRole => 'count'), 'count', 'sum', 'min', 'max']
    case 'lastValue':
      return ['last', 'time']
    case 'sum':
      return ['sum']
  }
}

export function cellCount(aggregation: Aggregation): number {
  if (aggregation.type === 'exponentialBuckets') return exponentialCellCount(aggregation)
  return cellRoles(aggregation).length
}

/**
 * Which cell is a float that adds up, if there is one. In a ledger it has a second part, behind the series' other
 * cells: what rounding lost (see merge/exact-sum.ts).
 */
export function sumCell(aggregation: Aggregation): number | undefined {
  if (aggregation.type === 'exponentialBuckets') return EXPONENTIAL.sum
  const cell = cellRoles(aggregation).indexOf('sum')
  return cell < 0 ? undefined : cell
}

/** A series' cells before anything was recorded. What observables say begins absent: it is there once observed. */
export function firstCells(aggregation: Aggregation, observable: boolean): Float64Array {
  if (aggregation.type === 'exponentialBuckets') return firstExponentialCells(aggregation)
  if (aggregation.type === 'sum' && observable) return Float64Array.of(Number.NaN)
  return Float64Array.from(cellRoles(aggregation), role => FIRST[role])
}

/** An entry's `cellCount` is a u16, and a definition must fit into one entry. More make no sense. */
export const MAX_BOUNDARIES = 2_000
export const MAX_EXPONENTIAL_SIZE = 10_000

/** Whether a value, which may come from anywhere, is an aggregation. */
export function isAggregation(value: unknown): value is Aggregation {
  const { type, boundaries, maxSize, negative, recordMinMax } = (value ?? {}) as Record<string, unknown>
  switch (type) {
    case 'sum':
    case 'lastValue':
      return true
    case 'explicitBuckets':
      return typeof recordMinMax === 'boolean' && areBoundaries(boundaries)
    case 'exponentialBuckets': {
      const flags = typeof recordMinMax === 'boolean' && typeof negative === 'boolean'
      return (
        flags && Number.isInteger(maxSize) && Number(maxSize) >= 2 && Number(maxSize) <= MAX_EXPONENTIAL_SIZE
      )
    }
    default:
      return false
  }
}

function areBoundaries(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MAX_BOUNDARIES) return false
  return value.every((bound, index) => Number.isFinite(bound) && (index === 0 || bound > value[index - 1]))
}

/** The same aggregation and nothing more than that. */
export function plainAggregation(aggregation: Aggregation): Aggregation {
  const { type } = aggregation
  switch (type) {
    case 'explicitBuckets':
      return { type, boundaries: aggregation.boundaries, recordMinMax: aggregation.recordMinMax }
    case 'exponentialBuckets': {
      const { maxSize, negative, recordMinMax } = aggregation
      return { type, maxSize, negative, recordMinMax }
    }
    default:
      return { type }
  }
}
