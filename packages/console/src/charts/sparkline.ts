/** The points of a small line for SVG, `x,y x,y ...`, in pieces: a gap ends a piece. It begins at zero. */
export function sparkline(values: ArrayLike<number>, width: number, height: number): string[] {
  const thinned = thin(values, width / 2)
  const top = Math.max(...thinned.filter(each => !Number.isNaN(each)), 0) || 1
  const bottom = Math.min(...thinned.filter(each => !Number.isNaN(each)), 0)
  const step = width / Math.max(1, thinned.length - 1)
  const pieces: string[][] = [[]]
  for (const [at, value] of thinned.entries()) {
    if (Number.isNaN(value)) {
      pieces.push([])
      continue
    }
    const y = height - 1 - ((value - bottom) / (top - bottom)) * (height - 2)
    pieces.at(-1)!.push(`${(at * step).toFixed(1)},${y.toFixed(1)}`)
  }
  return pieces.filter(piece => piece.length > 0).map(piece => piece.join(' '))
}

/** At most so many values: the largest of each that fall together, so that no peak is lost. */
function thin(values: ArrayLike<number>, most: number): number[] {
  const size = Math.max(1, Math.ceil(values.length / most))
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) => {
    const some = Array.from({ length: size }, (_, within) => values[at * size + within]).filter(
      each => each !== undefined && !Number.isNaN(each),
    )
    return some.length === 0 ? Number.NaN : Math.max(...some)
  })
}
