const FLOAT = new Float64Array(1)
const WORDS = new Int32Array(FLOAT.buffer)
/** What is above bit 16 of a float64's high word: the exponent and four bits of the mantissa. */
const BIN_SHIFT = 16

/**
 * The explicit buckets of one instrument, shared by all its series. Bucket i holds the values up to and
 * including `boundaries[i]`; the last one holds what is above all boundaries.
 *
 * A table leads from a value's exponent and its first four bits to the first bucket it can belong to. From there
 * the search takes no step or one: what makes a search slow is not its steps but that the processor can't guess
 * how many there will be. Measured: 11 ns a record instead of 13 with a coarser table, 16 with a linear search.
 */
export class Buckets {
  /** How many buckets there are. */
  readonly count: number
  /** A Float64Array whatever the boundaries: whole ones would make an array of another kind, and the search slower. */
  readonly #boundaries: Float64Array
  readonly #start: Uint16Array
  readonly #firstBin: number
  readonly #lastBin: number

  constructor(boundaries: readonly number[]) {
    this.count = boundaries.length + 1
    // The infinite boundary ends every search.
    this.#boundaries = Float64Array.of(...boundaries, Number.POSITIVE_INFINITY)
    const positive = boundaries.filter(bound => bound > 0)
    this.#firstBin = binOf(positive[0] ?? 1)
    this.#lastBin = binOf(positive.at(-1) ?? 1) + 1 - this.#firstBin
    this.#start = new Uint16Array(this.#lastBin + 1)
    for (let bin = 0; bin <= this.#lastBin; bin++)
      this.#start[bin] = this.#search(smallestIn(bin + this.#firstBin), 0)
    // The first bin also holds everything below.
    this.#start[0] = this.#search(0, 0)
  }

  /** The bucket of a finite value. */
  indexOf(value: number): number {
    if (value < 0) return this.#search(value, 0)
    let bin = binOf(value) - this.#firstBin
    if (bin < 0) bin = 0
    else if (bin > this.#lastBin) bin = this.#lastBin
    return this.#search(value, this.#start[bin])
  }

  #search(value: number, from: number): number {
    const boundaries = this.#boundaries
    let index = from
    while (value > boundaries[index]) index++
    return index
  }
}

function binOf(value: number): number {
  // Adding zero makes -0 a 0, whose sign bit would lead out of the table.
  FLOAT[0] = value + 0
  return WORDS[1] >> BIN_SHIFT
}

function smallestIn(bin: number): number {
  WORDS[0] = 0
  WORDS[1] = bin << BIN_SHIFT
  return FLOAT[0]
}

/** The buckets of the OpenTelemetry metrics SDK's default histogram aggregation. */
export const DEFAULT_BOUNDARIES: readonly number[] = [
  0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000,
]
