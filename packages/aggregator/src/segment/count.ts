/** More than anybody counts; so many, from every writer there may be, still add up to a whole number of 64 bits. */
const MAX_COUNT = 2 ** 50

/**
 * Whether a cell that holds a count counts anything. What a damaged file may hold in such a cell, a fraction, NaN,
 * must not become everybody's, and there are formats that have no way to write it.
 */
export function isCount(value: number): boolean {
  return value > 0 && value <= MAX_COUNT && Math.floor(value) === value
}

/**
 * The same where nothing counted is as good as something. Nearly every cell is one of the two, so that the processor
 * guesses right: asking whether it counts anything costs a millisecond more for 16 times 5,000 histograms.
 */
export function isCountOrZero(value: number): boolean {
  return value >= 0 && value <= MAX_COUNT && Math.floor(value) === value
}
