/** More than anybody counts; so many, from every writer there may be, still add up to a whole number of 64 bits. */
const MAX_COUNT = 2 ** 50

/**
 * Whether a cell that holds a count counts anything. What a damaged file may hold in such a cell, a fraction, NaN,
 * must not become everybody's, and there are formats that have no way to write it.
 */
export function isCount(value: number): boolean {
  return value > 0 && value <= MAX_COUNT && Math.floor(value) === value
}
