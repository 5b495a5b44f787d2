import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api'
import { millisToHrTime } from '@opentelemetry/core'
import type { Resource } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics'
import type { Aggregation } from '../segment/aggregation.ts'
import type { Exemplar } from '../segment/exemplar-cells.ts'
import { isMonotonic, measuresNegatives, type StreamDefinition } from '../segment/stream.ts'
import { exponentialHistogramAt } from './exponential-histogram.ts'

/**
 * What a data point has beyond the SDK's type, which knows no exemplars yet: the latest of each bucket
 * (OpenTelemetry data model, exemplars).
 */
export interface WithExemplars {
  readonly exemplars?: readonly Exemplar[]
}

/** Series with their cells: a merged stream, or what a reader sees of one. */
export interface StreamCells {
  readonly definition: StreamDefinition
  readonly cellCount: number
  /** By index; undefined where there is none. */
  readonly series: readonly ({ readonly attributes: Attributes } | undefined)[]
  /** `cellCount` cells a series. */
  readonly totals: Float64Array
  readonly exemplars: { present(index: number): readonly Exemplar[] }
}

export interface ReportedStream {
  readonly cells: StreamCells
  readonly temporality: 'cumulative' | 'delta'
  /** From when on the values were counted, milliseconds since the epoch. */
  readonly startTimeMs: number
}

/** Streams in OpenTelemetry's data model, in the units of the instruments. Scopes without a point are left out. */
export function toResourceMetrics(
  streams: Iterable<ReportedStream>,
  resource: Resource,
  nowMs: number,
): ResourceMetrics {
  const scopes = new Map<string, ScopeMetrics>()
  const endTime = millisToHrTime(nowMs)
  for (const stream of streams) {
    const metric = toMetric(stream, endTime)
    if (metric.dataPoints.length === 0) continue
    const { name, version, schemaUrl } = stream.cells.definition.scope
    const identity = JSON.stringify([name, version, schemaUrl])
    let scope = scopes.get(identity)
    if (scope === undefined) {
      scope = { scope: { name, version, schemaUrl }, metrics: [] }
      scopes.set(identity, scope)
    }
    scope.metrics.push(metric)
  }
  return { resource, scopeMetrics: [...scopes.values()] }
}

function toMetric({ cells, temporality, startTimeMs }: ReportedStream, endTime: HrTime): MetricData {
  const { definition } = cells
  const { name, description, unit, kind, aggregation, merge } = definition
  // An average of whole numbers is not one.
  const integer = definition.integer && merge !== 'average'
  const base = {
    descriptor: {
      name,
      description,
      unit,
      type: kind,
      valueType: integer ? ValueType.INT : ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality[temporality === 'delta' ? 'DELTA' : 'CUMULATIVE'],
  }
  const startTime = millisToHrTime(startTimeMs)
  const points = <T>(value: (cell: number) => T | undefined) => pointsOf(cells, startTime, endTime, value)

  switch (aggregation.type) {
    case 'explicitBuckets': {
      const dataPoints = points(cell => explicitHistogramAt(cells, cell, aggregation))
      return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints }
    }
    case 'exponentialBuckets': {
      const dataPoints = points(cell => exponentialHistogramAt(cells.totals, cell, aggregation))
      return { ...base, dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM, dataPoints }
    }
    case 'lastValue': {
      const dataPoints = points(cell => presentAt(cells, cell))
      return { ...base, dataPointType: DataPointType.GAUGE, dataPoints }
    }
    case 'sum': {
      const dataPoints = points(cell => presentAt(cells, cell))
      return { ...base, dataPointType: DataPointType.SUM, isMonotonic: isMonotonic(kind), dataPoints }
    }
  }
}

/** What all points can share they share: attributes, times, boundaries. Nobody may change what is reported. */
function pointsOf<T>(
  { series, cellCount, exemplars }: StreamCells,
  startTime: HrTime,
  endTime: HrTime,
  valueAt: (cell: number) => T | undefined,
): DataPoint<T>[] {
  const points: (DataPoint<T> & WithExemplars)[] = []
  for (let index = 0; index < series.length; index++) {
    const attributes = series[index]?.attributes
    if (attributes === undefined) continue
    const value = valueAt(index * cellCount)
    if (value === undefined) continue
    const point = { startTime, endTime, attributes, value }
    const found = exemplars.present(index)
    points.push(found.length > 0 ? { ...point, exemplars: found } : point)
  }
  return points
}

function presentAt({ totals }: StreamCells, cell: number): number | undefined {
  return Number.isNaN(totals[cell]) ? undefined : totals[cell]
}

function explicitHistogramAt(
  { totals, cellCount, definition }: StreamCells,
  cell: number,
  { boundaries, recordMinMax }: Extract<Aggregation, { type: 'explicitBuckets' }>,
): Histogram {
  const at = cell + cellCount - 3
  const counts = new Array<number>(cellCount - 3)
  let count = 0
  for (let bucket = 0; bucket < counts.length; bucket++) {
    counts[bucket] = totals[cell + bucket]
    count += counts[bucket]
  }
  const histogram: Histogram = { buckets: { boundaries: boundaries as number[], counts }, count }
  const [sum, min, max] = [totals[at], totals[at + 1], totals[at + 2]]
  // Of values that may be negative a sum means nothing (OpenTelemetry metrics SDK, histogram aggregations).
  if (!measuresNegatives(definition.kind)) histogram.sum = sum
  // Of what was counted since the last time, the smallest and the largest are not known.
  return recordMinMax && min <= max ? { ...histogram, min, max } : histogram
}
