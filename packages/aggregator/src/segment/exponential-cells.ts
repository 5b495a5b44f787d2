/**
 * The cells of an exponential histogram's series (OpenTelemetry data model, ExponentialHistogram).
 *
 * The buckets are there twice, in two *banks*, because reducing the scale moves all of them and a writer may be
 * killed, or read, half-way. The writer fills the other bank and then changes over with one store:
 *
 * 1. `intent` becomes the next generation: from now on the other bank is being overwritten.
 * 2. The other bank is written whole.
 * 3. `generation` becomes the next one: the other bank is the one that counts.
 *
 * A reader copies the cells in ascending order, `generation` first and `intent` last. The bank that it saw named
 * was whole for as long as it read, unless `intent` says that the writer has meanwhile begun to overwrite it:
 * then the difference is two or more, and it reads the series again.
 */
export const EXPONENTIAL = {
  /** Which bank counts: that of the generation's last bit. */
  generation: 0,
  /** count: values that are zero. */
  zeroCount: 1,
  /** sum. */
  sum: 2,
  min: 3,
  max: 4,
  /** Where bank 0 begins. */
  banks: 5,
} as const

/** A bank: its scale, then for each range {@link RANGE} and the buckets. */
export const BANK = { scale: 0, ranges: 1 } as const

/**
 * A range of consecutive buckets: the positive values, then the negative ones if there are any. The bucket of
 * index i is in place i modulo `maxSize`, so that no bucket moves when the range grows at either end. A range
 * grows before its new bucket is counted in.
 */
export const RANGE = {
  /** Lowest index; NaN while the range is empty. Stored after `end`. */
  start: 0,
  /** Highest index. */
  end: 1,
  buckets: 2,
} as const

export interface ExponentialSize {
  readonly maxSize: number
  readonly negative: boolean
}

/** OpenTelemetry metrics SDK, base-2 exponential histogram: the scale to begin with. */
export const MAX_SCALE = 20
/** At this scale all floats there are fit into two buckets. */
export const MIN_SCALE = -11

export function rangeCells({ maxSize }: ExponentialSize): number {
  return RANGE.buckets + maxSize
}

export function rangeCount({ negative }: ExponentialSize): number {
  return negative ? 2 : 1
}

export function bankCells(size: ExponentialSize): number {
  return BANK.ranges + rangeCount(size) * rangeCells(size)
}

/** Where `intent` is: the last cell. */
export function intentCell(size: ExponentialSize): number {
  return EXPONENTIAL.banks + 2 * bankCells(size)
}

export function exponentialCellCount(size: ExponentialSize): number {
  return intentCell(size) + 1
}

export function firstExponentialCells(size: ExponentialSize): Float64Array {
  const cells = new Float64Array(exponentialCellCount(size))
  cells[EXPONENTIAL.min] = Number.POSITIVE_INFINITY
  cells[EXPONENTIAL.max] = Number.NEGATIVE_INFINITY
  cells[EXPONENTIAL.banks + BANK.scale] = MAX_SCALE
  for (let range = 0; range < rangeCount(size); range++) {
    cells[EXPONENTIAL.banks + BANK.ranges + range * rangeCells(size) + RANGE.start] = Number.NaN
  }
  return cells
}

/** The place of a bucket within its range. No index needs more than 32 bits; a division of doubles takes longer. */
export function bucketPlace(index: number, maxSize: number): number {
  const place = (index | 0) % (maxSize | 0)
  return place < 0 ? place + maxSize : place
}
