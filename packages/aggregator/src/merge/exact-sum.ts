/**
 * Adds floats so that the result does not depend on their order: a sum is kept as two floats, the rounded total
 * in `highs[at]` and what rounding lost in `lows[index]` (Knuth's TwoSum). Without this a histogram's sum could
 * fall by its last digit when the dead are folded and the order of addition changes, and a counter that falls is
 * a reset to Prometheus.
 *
 * A total of NaN stands for "nothing yet"; adding NaN changes nothing.
 */
export function addExactly(
  highs: Float64Array,
  at: number,
  lows: Float64Array,
  index: number,
  value: number,
  low: number,
): void {
  if (Number.isNaN(value)) return
  const before = highs[at]
  if (Number.isNaN(before)) {
    highs[at] = value
    lows[index] = low
    return
  }
  const total = before + value
  const part = total - before
  const lost = before - (total - part) + (value - part)
  highs[at] = total
  // Beyond the range of a float nothing is exact any more.
  lows[index] = Number.isFinite(total) ? lows[index] + lost + low : 0
}

/** Moves into the first float all of the pair that it can hold; what is left stays in the second. */
export function normalize(highs: Float64Array, at: number, lows: Float64Array, index: number): void {
  const high = highs[at]
  const total = high + lows[index]
  if (!Number.isFinite(total)) return
  lows[index] = high - total + lows[index]
  highs[at] = total
}
