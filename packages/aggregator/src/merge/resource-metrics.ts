import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api'
import { millisToHrTime } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
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
import { isMonotonic, measuresNegatives } from '../segment/stream.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'
import { exponentialHistogramAt } from './exponential-histogram.ts'
import { type Merge, mergeResources } from './merge.ts'
import type { MergedStream } from './merged-stream.ts'

/**
 * What a data point has beyond the SDK's type, which knows no exemplars yet: the latest of each bucket
 * (OpenTelemetry data model, exemplars).
 */
export interface WithExemplars {
  readonly exemplars?: readonly Exemplar[]
}

/** The merged streams in OpenTelemetry's data model: cumulative, in the units of the instruments. */
export function toResourceMetrics(snapshot: Snapshot, merge: Merge, nowMs: number): ResourceMetrics {
  const scopes = new Map<string, ScopeMetrics>()
  const sources = [...snapshot.segments, ...(snapshot.ledger ? [snapshot.ledger] : [])]
  const startTime = millisToHrTime(Math.min(nowMs, ...sources.map(source => source.startTimeMs)))
  for (const stream of merge.streams.values()) {
    const { name, version, schemaUrl } = stream.definition.scope
    const identity = JSON.stringify([name, version, schemaUrl])
    let scope = scopes.get(identity)
    if (scope === undefined) {
      scope = { scope: { name, version, schemaUrl }, metrics: [] }
      scopes.set(identity, scope)
    }
    const metric = toMetric(stream, startTime, millisToHrTime(nowMs))
    if (metric.dataPoints.length > 0) scope.metrics.push(metric)
  }
  return { resource: resourceFromAttributes(mergeResources(snapshot)), scopeMetrics: [...scopes.values()] }
}

function toMetric(stream: MergedStream, startTime: HrTime, endTime: HrTime): MetricData {
  const { name, description, unit, kind, merge } = stream.definition
  // An average of whole numbers is not one.
  const integer = stream.definition.integer && merge !== 'average'
  const base = {
    descriptor: {
      name,
      description,
      unit,
      type: kind,
      valueType: integer ? ValueType.INT : ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  const points = <T>(value: (cell: number) => T | undefined): DataPoint<T>[] =>
    [...pointsOf(stream, value)].map(point => ({ startTime, endTime, ...point }))

  const { aggregation } = stream.definition
  switch (aggregation.type) {
    case 'explicitBuckets': {
      const dataPoints = points(cell => explicitHistogramAt(stream, cell, aggregation))
      return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints }
    }
    case 'exponentialBuckets': {
      const dataPoints = points(cell => exponentialHistogramAt(stream.totals, cell, aggregation))
      return { ...base, dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM, dataPoints }
    }
    case 'lastValue':
      return {
        ...base,
        dataPointType: DataPointType.GAUGE,
        dataPoints: points(cell => presentAt(stream, cell)),
      }
    case 'sum': {
      const dataPoints = points(cell => presentAt(stream, cell))
      return { ...base, dataPointType: DataPointType.SUM, isMonotonic: isMonotonic(kind), dataPoints }
    }
  }
}

function presentAt({ totals }: MergedStream, cell: number): number | undefined {
  return Number.isNaN(totals[cell]) ? undefined : totals[cell]
}

function* pointsOf<T>(
  stream: MergedStream,
  valueAt: (cell: number) => T | undefined,
): Generator<{ attributes: Attributes; value: T } & WithExemplars> {
  for (const [index, series] of stream.series.entries()) {
    const value = series && valueAt(index * stream.cellCount)
    if (series === undefined || value === undefined) continue
    const exemplars = stream.exemplars.at(index).filter(each => each !== undefined)
    yield { attributes: series.attributes, value, ...(exemplars.length > 0 && { exemplars }) }
  }
}

function explicitHistogramAt(
  { totals, cellCount, definition }: MergedStream,
  cell: number,
  { boundaries, recordMinMax }: Extract<Aggregation, { type: 'explicitBuckets' }>,
): Histogram {
  const counts = [...totals.subarray(cell, cell + cellCount - 3)]
  const count = counts.reduce((sum, each) => sum + each, 0)
  const [sum, min, max] = totals.subarray(cell + cellCount - 3, cell + cellCount)
  const histogram: Histogram = { buckets: { boundaries: [...boundaries], counts }, count }
  // Of values that may be negative a sum means nothing (OpenTelemetry metrics SDK, histogram aggregations).
  if (!measuresNegatives(definition.kind)) histogram.sum = sum
  return count === 0 || !recordMinMax ? histogram : { ...histogram, min, max }
}
