const MAX_DISTANCE = 2

/** The known name that was most likely meant: at most two letters more, fewer or other, or one that begins so. */
export function suggest(given: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map(name => ({ name, distance: distance(name, given) }))
    .sort((a, b) => a.distance - b.distance)
  const nearest = ranked[0]
  // Of a short name two other letters would leave nothing.
  if (nearest !== undefined && nearest.distance <= Math.min(MAX_DISTANCE, Math.floor(given.length / 2)))
    return nearest.name
  return given.length < 2 ? undefined : known.find(name => name.startsWith(given))
}

/** Levenshtein's, a row at a time. */
function distance(known: string, given: string): number {
  let above = Array.from({ length: given.length + 1 }, (_, column) => column)
  for (let row = 1; row <= known.length; row++) {
    const current = [row]
    for (let column = 1; column <= given.length; column++) {
      const other = known[row - 1] === given[column - 1] ? 0 : 1
      current.push(Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + other))
    }
    above = current
  }
  return above[given.length]!
}
