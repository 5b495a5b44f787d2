import { crc32 } from 'node:zlib'
import { type Aggregation, firstCells } from '../src/segment/aggregation.ts'
import { EXEMPLAR_CELLS, exemplarCellCount, writeExemplar } from '../src/segment/exemplar-cells.ts'
import { HEADER, HEADER_CHECKED_BYTES } from '../src/segment/layout.ts'
import {
  defaultMerge,
  type InstrumentKind,
  isObservable,
  type StreamDefinition,
} from '../src/segment/stream.ts'
import type { SegmentWriter } from '../src/segment/writer.ts'
import { seriesCreator } from '../src/series/create-series.ts'
import { Measuring } from '../src/series/measuring.ts'
import type { RecordingSeries } from '../src/series/series.ts'

const MEASURING = new Measuring({
  signed: true,
  integer: false,
  reject: () => {},
  now: () => 1_700_000_000_000,
})

/** The segment under the name of another worker. */
export function renumber(segment: Buffer, worker: number): Buffer {
  const copy = Buffer.from(segment)
  copy.writeUInt32LE(worker, HEADER.worker)
  copy.writeUInt32LE(crc32(copy.subarray(0, HEADER_CHECKED_BYTES)), HEADER.checksum)
  return copy
}

export function define(
  name: string,
  kind: InstrumentKind,
  aggregation: Aggregation,
  unit = '',
): StreamDefinition {
  const scope = { name: 'campaign', version: '', schemaUrl: '' }
  const description = `what ${name} says`
  return { scope, name, description, unit, kind, integer: false, aggregation, ...defaultMerge(kind) }
}

/** One instrument in a segment, without the instruments above it: exactly what is told to be written is written. */
export function publish(
  writer: SegmentWriter,
  definition: StreamDefinition,
): (attributes: [string, unknown][]) => RecordingSeries {
  const number = writer.defineInstrument(JSON.stringify(definition))
  if (number === undefined) throw new Error('the segment is full')
  const create = seriesCreator(definition, MEASURING)
  return attributes => {
    const text = JSON.stringify(attributes)
    const first = firstCells(definition.aggregation, isObservable(definition.kind))
    const range = writer.addSeries(number, text, first)
    if (range === undefined) throw new Error('the segment is full')
    return create(text, range)
  }
}

/** An exemplar in every place that a series has. The series is the instrument's `number`-th. */
export function publishExemplars(
  writer: SegmentWriter,
  instrument: number,
  { aggregation }: StreamDefinition,
  attributes: [string, unknown][],
): void {
  const first = new Float64Array(exemplarCellCount(aggregation))
  const range = writer.addExemplars(instrument, JSON.stringify(attributes), first)
  if (range === undefined) throw new Error('the segment is full')
  for (let place = 0; place < first.length / EXEMPLAR_CELLS; place++) {
    const exemplar = {
      timeMs: 1_700_000_000_000 + place,
      value: place,
      traceId: 'ab'.repeat(16),
      spanId: 'cd'.repeat(8),
    }
    writeExemplar(range.cells, range.slot, place, exemplar)
  }
}
