import type { ExponentialHistogram } from '@opentelemetry/sdk-metrics'
import { BANK, bucketPlace, EXPONENTIAL, type ExponentialSize, RANGE } from '../segment/exponential-cells.ts'
import { bankAt, isEmptyRange, rangeAt } from '../segment/exponential-range.ts'

/** One merged series in OpenTelemetry's data model. @param at index of the series' first cell. */
export function exponentialHistogramAt(
  cells: Float64Array,
  at: number,
  size: ExponentialSize & { readonly recordMinMax: boolean },
): ExponentialHistogram {
  const bank = bankAt(cells, at, size)
  const zeroCount = cells[at + EXPONENTIAL.zeroCount]
  const positive = bucketsAt(cells, rangeAt(bank, 0, size), size)
  const negative = size.negative ? bucketsAt(cells, rangeAt(bank, 1, size), size) : NO_BUCKETS
  const counts = [...positive.bucketCounts, ...negative.bucketCounts]
  const count = counts.reduce((sum, each) => sum + each, zeroCount)
  const histogram: ExponentialHistogram = {
    count,
    scale: cells[bank + BANK.scale],
    zeroCount,
    positive,
    negative,
  }
  // Of values that may be negative a sum means nothing (OpenTelemetry metrics SDK, histogram aggregations).
  if (!size.negative) histogram.sum = cells[at + EXPONENTIAL.sum]
  const [min, max] = [cells[at + EXPONENTIAL.min], cells[at + EXPONENTIAL.max]]
  // Of what was counted since the last time, the smallest and the largest are not known.
  return size.recordMinMax && min <= max ? { ...histogram, min, max } : histogram
}

const NO_BUCKETS = { offset: 0, bucketCounts: [] as number[] }

function bucketsAt(
  cells: Float64Array,
  at: number,
  size: ExponentialSize,
): { offset: number; bucketCounts: number[] } {
  if (isEmptyRange(cells, at, size)) return NO_BUCKETS
  const start = cells[at + RANGE.start]
  const bucketCounts: number[] = []
  for (let index = start; index <= cells[at + RANGE.end]; index++) {
    bucketCounts.push(cells[at + RANGE.buckets + bucketPlace(index, size.maxSize)])
  }
  return { offset: start, bucketCounts }
}
