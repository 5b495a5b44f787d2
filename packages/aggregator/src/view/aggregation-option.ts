import type { AggregationOption } from '@opentelemetry/sdk-metrics'
import { type Aggregation, MAX_BOUNDARIES, MAX_EXPONENTIAL_SIZE } from '../segment/aggregation.ts'
import { DEFAULT_BOUNDARIES } from '../series/buckets.ts'
import type { InstrumentDefinition } from './instrument.ts'
import { ViewError } from './view-error.ts'

/** The SDK's `AggregationType`, by value: to import it would load the SDK, which a process that records never needs. */
export const AGGREGATION_TYPE = {
  default: 0,
  drop: 1,
  sum: 2,
  lastValue: 3,
  explicitBuckets: 4,
  exponentialBuckets: 5,
} as const

/** What is to become of an instrument's measurements; undefined: they are dropped. */
export type Aggregate = (instrument: InstrumentDefinition) => Aggregation | undefined

/** Reads the SDK's `AggregationOption`. Throws {@link ViewError}. */
export function aggregateBy(option: AggregationOption | undefined | null): Aggregate {
  switch (option?.type) {
    case undefined:
      if (option === undefined || option === null) return defaultAggregation
      break
    case AGGREGATION_TYPE.default:
      return defaultAggregation
    case AGGREGATION_TYPE.drop:
      return () => undefined
    case AGGREGATION_TYPE.sum:
      return () => ({ type: 'sum' })
    case AGGREGATION_TYPE.lastValue:
      return () => ({ type: 'lastValue' })
    case AGGREGATION_TYPE.explicitBuckets:
      return explicitBuckets((option as ExplicitOption).options)
    case AGGREGATION_TYPE.exponentialBuckets:
      return exponentialBuckets((option as ExponentialOption).options)
  }
  throw invalid(`has the aggregation ${JSON.stringify(option)}`, 'Give { type } one of AggregationType.')
}

/** OpenTelemetry metrics SDK, default aggregation. */
export function defaultAggregation({
  kind,
  boundaries,
}: Pick<InstrumentDefinition, 'kind' | 'boundaries'>): Aggregation {
  switch (kind) {
    case 'HISTOGRAM':
      return { type: 'explicitBuckets', boundaries: boundaries ?? DEFAULT_BOUNDARIES, recordMinMax: true }
    case 'GAUGE':
    case 'OBSERVABLE_GAUGE':
      return { type: 'lastValue' }
    default:
      return { type: 'sum' }
  }
}

type ExplicitOption = Extract<AggregationOption, { options?: { boundaries: number[] } }>
type ExponentialOption = Extract<AggregationOption, { options?: { maxSize?: number } }>

/** Given by a view, with boundaries or without, it overrules the advised boundaries (OpenTelemetry metrics SDK). */
function explicitBuckets(options: ExplicitOption['options']): Aggregate {
  const boundaries = options === undefined || options === null ? DEFAULT_BOUNDARIES : options.boundaries
  if (
    !Array.isArray(boundaries) ||
    boundaries.some(bound => typeof bound !== 'number' || Number.isNaN(bound))
  )
    throw invalid(`has the bucket boundaries ${JSON.stringify(boundaries)}`, 'Give an array of numbers.')
  const finite = new Set(boundaries.filter(Number.isFinite))
  if (finite.size > MAX_BOUNDARIES)
    throw invalid(`has ${finite.size} bucket boundaries`, `Give at most ${MAX_BOUNDARIES}.`)
  const aggregation: Aggregation = {
    type: 'explicitBuckets',
    boundaries: [...finite].sort((a, b) => a - b),
    recordMinMax: options?.recordMinMax ?? true,
  }
  return () => aggregation
}

const DEFAULT_MAX_SIZE = 160
/** Below it, a scale that holds any two values can't always be found. */
const MIN_MAX_SIZE = 2

function exponentialBuckets(options: ExponentialOption['options']): Aggregate {
  const maxSize = options?.maxSize ?? DEFAULT_MAX_SIZE
  if (!Number.isInteger(maxSize) || maxSize < MIN_MAX_SIZE || maxSize > MAX_EXPONENTIAL_SIZE) {
    const mend = `Give a whole number from ${MIN_MAX_SIZE} to ${MAX_EXPONENTIAL_SIZE}.`
    throw invalid(`has an exponential histogram of maxSize ${maxSize}`, mend)
  }
  const recordMinMax = options?.recordMinMax ?? true
  return ({ negative }) => ({ type: 'exponentialBuckets', maxSize, negative, recordMinMax })
}

function invalid(problem: string, mend: string): ViewError {
  return new ViewError('TUTTI_VIEW_AGGREGATION_INVALID', problem, mend)
}
