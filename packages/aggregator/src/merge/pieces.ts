import type { Link } from './links.ts'

/** So many cells are copied at once, and added while the processor's nearer memory still holds them. */
export const PIECE_CELLS = 16_384
export const PIECE_SERIES = 1_024

/** Some series that follow one another in a link, and the cells of their segment among which theirs are. */
export interface Piece {
  readonly firstCell: number
  readonly endCell: number
  /** Of each series the first cell, counted from `firstCell`, and the index in the stream. */
  readonly places: Int32Array
}

const PIECES: WeakMap<Link, { seriesCount: number; pieces: Piece[] }> = new WeakMap()

/** Found anew when a link got longer: it never gets shorter. */
export function piecesOf(link: Link, cellCount: number): readonly Piece[] {
  const seriesCount = link.from.length
  const known = PIECES.get(link)
  if (known?.seriesCount === seriesCount) return known.pieces
  const pieces: Piece[] = []
  for (let series = 0; series < seriesCount; ) {
    const piece = pieceFrom(link, series, cellCount)
    pieces.push(piece)
    series += piece.places.length / 2
  }
  PIECES.set(link, { seriesCount, pieces })
  return pieces
}

/** As many series as are near one another: most segments have them in one order. A single one is never too long. */
function pieceFrom({ from, to, exact }: Link, first: number, cellCount: number): Piece {
  const length = cellCount + Number(exact)
  let firstCell = from[first]
  let endCell = firstCell + length
  let count = 1
  for (; count < PIECE_SERIES && first + count < from.length; count++) {
    const slot = from[first + count]
    const low = Math.min(firstCell, slot)
    const high = Math.max(endCell, slot + length)
    if (high - low > PIECE_CELLS) break
    firstCell = low
    endCell = high
  }
  const places = new Int32Array(count * 2)
  for (let each = 0; each < count; each++) {
    places[each * 2] = from[first + each] - firstCell
    places[each * 2 + 1] = to[first + each] / cellCount
  }
  return { firstCell, endCell, places }
}
