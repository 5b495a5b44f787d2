const ZERO = 48
/** The largest whole number that a small integer holds; above, division by ten is slower than the engine's own text. */
const MAX_FAST = 0x7fff_ffff

/** The longest text of a float64, `-2.2250738585072014e-308`, and room for a line feed. */
export const MAX_NUMBER_BYTES = 25

/** Writes a float as Prometheus reads it, the shortest text that gives the same float. Returns where it ends. */
export function writeNumber(page: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value <= MAX_FAST && (value | 0) === value) return writeSmall(page, at, value | 0)
  if (value === Number.POSITIVE_INFINITY) return writeText(page, at, '+Inf')
  if (value === Number.NEGATIVE_INFINITY) return writeText(page, at, '-Inf')
  return writeText(page, at, String(value))
}

function writeSmall(page: Uint8Array, at: number, value: number): number {
  if (value < 10) {
    page[at] = ZERO + value
    return at + 1
  }
  let digits = value < 100 ? 2 : value < 1_000 ? 3 : value < 10_000 ? 4 : value < 100_000 ? 5 : 6
  for (let limit = 1_000_000; digits >= 6 && value >= limit && digits < 10; limit *= 10) digits++
  const end = at + digits
  let rest = value
  for (let position = end - 1; position >= at; position--) {
    const tenth = (rest / 10) | 0
    page[position] = ZERO + rest - tenth * 10
    rest = tenth
  }
  return end
}

function writeText(page: Uint8Array, at: number, text: string): number {
  for (let index = 0; index < text.length; index++) page[at + index] = text.charCodeAt(index)
  return at + text.length
}
