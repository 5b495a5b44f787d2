import type { MergedStream } from '../merge/merged-stream.ts'
import type { Exemplar } from '../segment/exemplar-cells.ts'
import { EXPONENTIAL, type ExponentialSize } from '../segment/exponential-cells.ts'
import { exponentialCount } from '../segment/exponential-range.ts'
import { measuresNegatives, type StreamDefinition } from '../segment/stream.ts'
import { writeNumber } from './number.ts'
import type { SeriesText } from './series-text.ts'
import type { TextFormat } from './text-format.ts'

const LINE_FEED = 10

/** One series that is being written. */
export interface Writing {
  readonly page: Buffer
  readonly stream: MergedStream
  readonly text: SeriesText
  /** The index of its first cell in the stream's totals. */
  readonly cell: number
  /** By place; undefined where the format has none or nothing was sampled. */
  readonly exemplars: readonly (Exemplar | undefined)[] | undefined
  readonly format: TextFormat
}

/** Writes one series from `at` on and returns where it ends. */
export type WriteSeries = (writing: Writing, at: number) => number

export function seriesWriter({ aggregation, kind }: StreamDefinition): WriteSeries {
  if (aggregation.type === 'explicitBuckets') {
    const hasNegativeBound = aggregation.boundaries[0] < 0
    return explicitWriter(!measuresNegatives(kind), hasNegativeBound)
  }
  return aggregation.type === 'exponentialBuckets' ? exponentialWriter(aggregation) : writeValue
}

const writeValue: WriteSeries = (writing, at) => {
  const value = writing.stream.totals[writing.cell]
  return Number.isNaN(value) ? at : writeLine(writing, at, 0, value, writing.exemplars?.[0])
}

function explicitWriter(hasSum: boolean, hasNegativeBound: boolean): WriteSeries {
  return (writing, start) => {
    const { cell, exemplars } = writing
    const { totals, cellCount } = writing.stream
    const buckets = cellCount - 3
    let at = start
    let count = 0
    for (let bucket = 0; bucket < buckets; bucket++) {
      count += totals[cell + bucket]
      at = writeLine(writing, at, bucket, count, exemplars?.[bucket])
    }
    const isSummed = hasSum && !(hasNegativeBound && writing.format.pairsSumAndCount)
    const sum = isSummed ? totals[cell + buckets] : undefined
    return writeSumAndCount(writing, at, buckets, sum, count)
  }
}

function exponentialWriter(size: ExponentialSize): WriteSeries {
  return (writing, start) => {
    const { cell, exemplars } = writing
    const { totals } = writing.stream
    const count = exponentialCount(totals, cell, size)
    const exemplar = exemplars?.find(each => each !== undefined)
    const at = writeLine(writing, start, 0, count, exemplar)
    const sum = size.negative ? undefined : totals[cell + EXPONENTIAL.sum]
    return writeSumAndCount(writing, at, 1, sum, count)
  }
}

/**
 * Of values that may be negative there is no sum (OpenTelemetry metrics SDK, histogram aggregations), nor in OpenMetrics
 * where a bucket is negative, and there no count without a sum.
 */
function writeSumAndCount(
  writing: Writing,
  start: number,
  line: number,
  sum: number | undefined,
  count: number,
): number {
  if (sum === undefined && writing.format.pairsSumAndCount) return start
  const at = sum === undefined ? start : writeLine(writing, start, line, sum, undefined)
  return writeLine(writing, at, line + 1, count, undefined)
}

/** The last line of a series: when it began, in seconds. */
export function writeCreated(writing: Writing, at: number, createdMs: number | undefined): number {
  if (createdMs === undefined) return at
  return writeLine(writing, at, writing.text.ends.length - 1, createdMs / 1_000, undefined)
}

function writeLine(
  { page, text, format }: Writing,
  start: number,
  line: number,
  value: number,
  exemplar: Exemplar | undefined,
): number {
  const from = line === 0 ? 0 : text.ends[line - 1]
  const to = text.ends[line]
  text.bytes.copy(page, start, from, to)
  let at = writeNumber(page, start + to - from, value)
  if (exemplar !== undefined) at += page.write(format.exemplar!(exemplar), at)
  page[at] = LINE_FEED
  return at + 1
}
