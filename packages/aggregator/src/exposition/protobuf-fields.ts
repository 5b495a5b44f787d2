import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { FamilyType } from './names.ts'
import { helpOf } from './text-format.ts'

type Tags<Field extends string> = Readonly<Record<Field, number>>

const tag = (field: number, type: WireType): number => ((field << 3) | type) >>> 0

/** The fields of `io.prometheus.client` (metrics.proto of Prometheus' client model) that we write, as tags. */
const FAMILY: Tags<'name' | 'help' | 'type' | 'unit'> = {
  name: tag(1, WireType.LengthDelimited),
  help: tag(2, WireType.LengthDelimited),
  type: tag(3, WireType.Varint),
  unit: tag(5, WireType.LengthDelimited),
}

export const METRIC: Tags<
  'tag' | 'label' | 'gauge' | 'counter' | 'histogram' | 'value' | 'counterExemplar' | 'counterCreated'
> = {
  /** `MetricFamily.metric`. */
  tag: tag(4, WireType.LengthDelimited),
  label: tag(1, WireType.LengthDelimited),
  gauge: tag(2, WireType.LengthDelimited),
  counter: tag(3, WireType.LengthDelimited),
  histogram: tag(7, WireType.LengthDelimited),
  /** `Gauge.value`, `Counter.value`. */
  value: tag(1, WireType.Bit64),
  /** `Counter.exemplar`. */
  counterExemplar: tag(2, WireType.LengthDelimited),
  /** `Counter.created_timestamp`. */
  counterCreated: tag(3, WireType.LengthDelimited),
}

const LABEL: Tags<'name' | 'value'> = {
  name: tag(1, WireType.LengthDelimited),
  value: tag(2, WireType.LengthDelimited),
}

export const HISTOGRAM: Tags<
  | 'sampleCount'
  | 'sampleSum'
  | 'bucket'
  | 'schema'
  | 'zeroThreshold'
  | 'zeroCount'
  | 'negativeSpan'
  | 'negativeDelta'
  | 'positiveSpan'
  | 'positiveDelta'
  | 'created'
  | 'exemplar'
> = {
  sampleCount: tag(1, WireType.Varint),
  sampleSum: tag(2, WireType.Bit64),
  bucket: tag(3, WireType.LengthDelimited),
  schema: tag(5, WireType.Varint),
  zeroThreshold: tag(6, WireType.Bit64),
  zeroCount: tag(7, WireType.Varint),
  negativeSpan: tag(9, WireType.LengthDelimited),
  negativeDelta: tag(10, WireType.LengthDelimited),
  positiveSpan: tag(12, WireType.LengthDelimited),
  positiveDelta: tag(13, WireType.LengthDelimited),
  created: tag(15, WireType.LengthDelimited),
  exemplar: tag(16, WireType.LengthDelimited),
}

export const BUCKET: Tags<'cumulativeCount' | 'upperBound' | 'exemplar'> = {
  cumulativeCount: tag(1, WireType.Varint),
  upperBound: tag(2, WireType.Bit64),
  exemplar: tag(3, WireType.LengthDelimited),
}

export const SPAN: Tags<'offset' | 'length'> = {
  offset: tag(1, WireType.Varint),
  length: tag(2, WireType.Varint),
}

export const EXEMPLAR: Tags<'label' | 'value' | 'timestamp'> = {
  label: tag(1, WireType.LengthDelimited),
  value: tag(2, WireType.Bit64),
  timestamp: tag(3, WireType.LengthDelimited),
}

/** `google.protobuf.Timestamp`. */
const TIMESTAMP: Tags<'seconds' | 'nanos'> = {
  seconds: tag(1, WireType.Varint),
  nanos: tag(2, WireType.Varint),
}

const TYPES: Record<FamilyType, number> = { counter: 0, gauge: 1, histogram: 4 }

/** Everything of a family but its metrics. */
export function writeHead(
  page: BinaryWriter,
  { name, help, type, unit }: { name: string; help: string; type: FamilyType; unit: string },
): void {
  page.uint32(FAMILY.name).string(name)
  page.uint32(FAMILY.help).string(helpOf(help))
  page.uint32(FAMILY.type).int32(TYPES[type])
  if (unit !== '') page.uint32(FAMILY.unit).string(unit)
}

/** `LabelPair`s as fields of the message that holds them; everywhere they are field 1. */
export function writeLabels(labels: ReadonlyMap<string, string>): Uint8Array {
  const writer = new BinaryWriter()
  for (const [name, value] of labels) {
    writer
      .uint32(METRIC.label)
      .fork()
      .uint32(LABEL.name)
      .string(name)
      .uint32(LABEL.value)
      .string(value)
      .join()
  }
  return writer.finish()
}

/** @param field the one that holds it. */
export function writeTimestamp(message: BinaryWriter, field: number, timeMs: number): void {
  message.uint32(field).fork()
  message.uint32(TIMESTAMP.seconds).int64(Math.floor(timeMs / 1_000))
  message.uint32(TIMESTAMP.nanos).int32(Math.floor(timeMs % 1_000) * 1_000_000)
  message.join()
}
