export interface Spread {
  median: number
  min: number
  max: number
}

export function spread(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new RangeError('spread() needs at least one sample')
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return {
    median: sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
    min: sorted[0],
    max: sorted[sorted.length - 1],
  }
}

/**
 * The order in which to ask `items` in a round: each pair of rounds begins with another one, and its second goes
 * backwards, so that each runs as often before as after any other, and no slow drift of the machine favours one.
 */
export function turns<T>(items: readonly T[], round: number): T[] {
  const order = rotate(items, round >> 1)
  return round % 2 === 0 ? order : order.reverse()
}

/** The same items beginning at another one each round, so that no peer always runs first or after the same other. */
export function rotate<T>(items: readonly T[], round: number): T[] {
  const start = round % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
