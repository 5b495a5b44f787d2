/** The largest whole number that a small integer holds; above, division by ten is slower than the engine's own text. */
const MAX_WHOLE = 0x7fff_ffff
const ZERO = 48
const POINT = 46
/** The two digits of 0 to 99, one after the other. */
const PAIRS: Uint8Array = Uint8Array.from({ length: 200 }, (_, index) =>
  index % 2 === 0 ? ZERO + Math.floor(index / 20) : ZERO + (((index - 1) / 2) % 10),
)

/** The longest text of a float64, `-2.2250738585072014e-308`. */
export const MAX_NUMBER_BYTES = 24

/** Whether {@link digitCount} and {@link writeDigits} can write it, which most counts can. */
export function isWhole(value: number): boolean {
  return value >= 0 && value <= MAX_WHOLE && (value | 0) === value
}

export function digitCount(whole: number): number {
  if (whole < 10_000) return whole < 100 ? (whole < 10 ? 1 : 2) : whole < 1_000 ? 3 : 4
  if (whole < 1_000_000) return whole < 100_000 ? 5 : 6
  if (whole < 100_000_000) return whole < 10_000_000 ? 7 : 8
  return whole < 1_000_000_000 ? 9 : 10
}

/** Writes a whole number of so many digits, two at a time, the last ones first. */
export function writeDigits(page: Uint8Array, start: number, whole: number, digits: number): void {
  let rest = whole | 0
  let at = start + digits
  while (rest >= 100) {
    const hundredth = (rest / 100) | 0
    const pair = (rest - hundredth * 100) * 2
    page[--at] = PAIRS[pair + 1]
    page[--at] = PAIRS[pair]
    rest = hundredth
  }
  page[--at] = PAIRS[rest * 2 + 1]
  if (rest >= 10) page[--at] = PAIRS[rest * 2]
}

/** Decimal places that {@link writeDecimal} tries, and so many digits that no other number has the same ones. */
const PLACES = 6
const PLACES_FACTOR = 10 ** PLACES
const MAX_DIGITS = 10 ** 15

/**
 * Writes a number with few decimal places, which sums of measurements often are, as {@link numberText} would, five
 * times as fast. Returns how long it is; 0: this is none, and nothing is written.
 */
export function writeDecimal(page: Uint8Array, start: number, value: number): number {
  const scaled = Math.round(value * PLACES_FACTOR)
  // Of at most fifteen digits there is no other decimal number for the same float, and so none that is shorter.
  if (!(scaled > 0 && scaled < MAX_DIGITS && scaled / PLACES_FACTOR === value)) return 0
  const whole = Math.floor(value) | 0
  let rest = (scaled - whole * PLACES_FACTOR) | 0
  let places = PLACES
  for (; rest % 10 === 0 && places > 0; places--) rest /= 10
  const digits = digitCount(whole)
  writeDigits(page, start, whole, digits)
  if (places === 0) return digits
  const point = start + digits
  page[point] = POINT
  for (let at = point + places; at > point; at--) {
    const tenth = (rest / 10) | 0
    page[at] = ZERO + rest - tenth * 10
    rest = tenth
  }
  return digits + 1 + places
}

/** A float as Prometheus reads it: the shortest text that gives the same float. */
export function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  return String(value)
}
