import type { MergedStream } from '../merge/merged-stream.ts'
import type { Aggregation } from '../segment/aggregation.ts'
import type { Exemplar } from '../segment/exemplar-cells.ts'
import { EXPONENTIAL, type ExponentialSize } from '../segment/exponential-cells.ts'
import { exponentialCount } from '../segment/exponential-range.ts'
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

export function seriesWriter(aggregation: Aggregation): WriteSeries {
  if (aggregation.type === 'explicitBuckets') return writeExplicit
  return aggregation.type === 'exponentialBuckets' ? exponentialWriter(aggregation) : writeValue
}

const writeValue: WriteSeries = (writing, at) => {
  const value = writing.stream.totals[writing.cell]
  return Number.isNaN(value) ? at : writeLine(writing, at, 0, value, writing.exemplars?.[0])
}

const writeExplicit: WriteSeries = (writing, start) => {
  const { cell, exemplars } = writing
  const { totals, cellCount } = writing.stream
  const buckets = cellCount - 3
  let at = start
  let count = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    count += totals[cell + bucket]
    at = writeLine(writing, at, bucket, count, exemplars?.[bucket])
  }
  at = writeLine(writing, at, buckets, totals[cell + buckets], undefined)
  return writeLine(writing, at, buckets + 1, count, undefined)
}

function exponentialWriter(size: ExponentialSize): WriteSeries {
  return (writing, start) => {
    const { cell, exemplars } = writing
    const { totals } = writing.stream
    const count = exponentialCount(totals, cell, size)
    const exemplar = exemplars?.find(each => each !== undefined)
    const sumAt = writeLine(writing, start, 0, count, exemplar)
    const countAt = writeLine(writing, sumAt, 1, totals[cell + EXPONENTIAL.sum], undefined)
    return writeLine(writing, countAt, 2, count, undefined)
  }
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
