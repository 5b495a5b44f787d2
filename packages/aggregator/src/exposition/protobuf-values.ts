import type { BinaryWriter } from '@bufbuild/protobuf/wire'
import { exponentialHistogramAt } from '../merge/exponential-histogram.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import type { Aggregation } from '../segment/aggregation.ts'
import type { Exemplar } from '../segment/exemplar-cells.ts'
import { measuresNegatives } from '../segment/stream.ts'
import type { FamilyType } from './names.ts'
import { type NativeBuckets, toNativeHistogram } from './native-histogram.ts'
import { BUCKET, EXEMPLAR, HISTOGRAM, METRIC, SPAN, writeLabels, writeTimestamp } from './protobuf-fields.ts'

/** Damaged files may count to more than the field can hold. */
const MAX_COUNT = 2 ** 63

/** When the series of an index began, milliseconds since the epoch. */
export type CreatedMs = (index: number) => number | undefined

/** How the values of one stream's series are written. */
interface WriteValue {
  /** Whether there is a value. */
  has(index: number): boolean
  value(message: BinaryWriter, index: number): void
}

/** @param createdMs tells when the series of an index began; undefined where that is not shown. */
export function writeValueOf(
  stream: MergedStream,
  type: FamilyType,
  createdMs: CreatedMs = () => undefined,
): WriteValue {
  const { aggregation } = stream.definition
  switch (aggregation.type) {
    case 'explicitBuckets':
      return explicitHistograms(stream, aggregation, createdMs)
    case 'exponentialBuckets':
      return nativeHistograms(stream, aggregation, createdMs)
    default:
      return type === 'counter' ? counters(stream, createdMs) : gauges(stream)
  }
}

function gauges({ totals, cellCount }: MergedStream): WriteValue {
  return {
    has: index => !Number.isNaN(totals[index * cellCount]),
    value(message, index) {
      message
        .uint32(METRIC.gauge)
        .fork()
        .uint32(METRIC.value)
        .double(totals[index * cellCount])
        .join()
    },
  }
}

function counters(stream: MergedStream, createdMs: CreatedMs): WriteValue {
  const { totals, cellCount } = stream
  return {
    has: index => !Number.isNaN(totals[index * cellCount]),
    value(message, index) {
      message
        .uint32(METRIC.counter)
        .fork()
        .uint32(METRIC.value)
        .double(totals[index * cellCount])
      const exemplar = stream.exemplars.isEmpty ? undefined : stream.exemplars.at(index)[0]
      if (exemplar !== undefined) writeExemplar(message, METRIC.counterExemplar, exemplar)
      writeCreated(message, METRIC.counterCreated, createdMs(index))
      message.join()
    },
  }
}

function explicitHistograms(
  stream: MergedStream,
  { boundaries }: Extract<Aggregation, { type: 'explicitBuckets' }>,
  createdMs: CreatedMs,
): WriteValue {
  const { totals, cellCount } = stream
  const { kind } = stream.definition
  const bounds = [...boundaries, Number.POSITIVE_INFINITY]
  return {
    has: () => true,
    value(message, index) {
      const cell = index * cellCount
      const exemplars = stream.exemplars.isEmpty ? [] : stream.exemplars.at(index)
      message.uint32(METRIC.histogram).fork()
      let count = 0
      bounds.forEach((bound, bucket) => {
        count += totals[cell + bucket]
        message.uint32(HISTOGRAM.bucket).fork()
        message
          .uint32(BUCKET.cumulativeCount)
          .uint64(Math.min(count, MAX_COUNT))
          .uint32(BUCKET.upperBound)
          .double(bound)
        const exemplar = exemplars[bucket]
        if (exemplar !== undefined) writeExemplar(message, BUCKET.exemplar, exemplar)
        message.join()
      })
      message.uint32(HISTOGRAM.sampleCount).uint64(Math.min(count, MAX_COUNT))
      // Of values that may be negative there is no sum (OpenTelemetry metrics SDK, histogram aggregations).
      if (!measuresNegatives(kind)) message.uint32(HISTOGRAM.sampleSum).double(totals[cell + bounds.length])
      writeCreated(message, HISTOGRAM.created, createdMs(index))
      message.join()
    },
  }
}

function nativeHistograms(
  stream: MergedStream,
  aggregation: Extract<Aggregation, { type: 'exponentialBuckets' }>,
  createdMs: CreatedMs,
): WriteValue {
  const { totals, cellCount } = stream
  return {
    has: () => true,
    value(message, index) {
      const histogram = exponentialHistogramAt(totals, index * cellCount, aggregation)
      const native = toNativeHistogram(histogram)
      message.uint32(METRIC.histogram).fork()
      message.uint32(HISTOGRAM.sampleCount).uint64(Math.min(histogram.count, MAX_COUNT))
      if (histogram.sum !== undefined) message.uint32(HISTOGRAM.sampleSum).double(histogram.sum)
      if (native !== undefined) {
        message.uint32(HISTOGRAM.schema).sint32(native.schema)
        message.uint32(HISTOGRAM.zeroThreshold).double(native.zeroThreshold)
        message.uint32(HISTOGRAM.zeroCount).uint64(histogram.zeroCount)
        writeBuckets(message, HISTOGRAM.negativeSpan, HISTOGRAM.negativeDelta, native.negative)
        writeBuckets(message, HISTOGRAM.positiveSpan, HISTOGRAM.positiveDelta, native.positive)
      }
      writeCreated(message, HISTOGRAM.created, createdMs(index))
      for (const exemplar of stream.exemplars.isEmpty ? [] : stream.exemplars.at(index)) {
        if (exemplar !== undefined) writeExemplar(message, HISTOGRAM.exemplar, exemplar)
      }
      message.join()
    },
  }
}

function writeBuckets(
  message: BinaryWriter,
  span: number,
  delta: number,
  { spans, deltas }: NativeBuckets,
): void {
  for (const { offset, length } of spans) {
    message.uint32(span).fork().uint32(SPAN.offset).sint32(offset).uint32(SPAN.length).uint32(length).join()
  }
  if (deltas.length === 0) return
  message.uint32(delta).fork()
  for (const each of deltas) message.sint64(each)
  message.join()
}

function writeCreated(message: BinaryWriter, field: number, createdMs: number | undefined): void {
  if (createdMs !== undefined) writeTimestamp(message, field, createdMs)
}

function writeExemplar(
  message: BinaryWriter,
  tag: number,
  { traceId, spanId, value, timeMs }: Exemplar,
): void {
  const isTraced = /[^0]/.test(traceId)
  message.uint32(tag).fork()
  if (isTraced)
    message.raw(
      writeLabels(
        new Map([
          ['trace_id', traceId],
          ['span_id', spanId],
        ]),
      ),
    )
  message.uint32(EXEMPLAR.value).double(value)
  writeTimestamp(message, EXEMPLAR.timestamp, timeMs)
  message.join()
}
