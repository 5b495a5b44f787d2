import { addHistograms } from './add.ts'
import { HISTOGRAM_KERNEL } from './histogram-kernel-bytes.ts'
import type { Link } from './links.ts'
import type { MergedCells } from './totals.ts'

/** The cells of one segment, and where they belong. */
export interface Adding {
  readonly cells: Float64Array
  readonly link: Link
}

/** For less than this it does not pay: the machine code has its own memory, to which everything is copied. */
const WORTHWHILE_CELLS = 65_536
/** Streams with more totals are added by {@link addHistograms}: the memory is never given back. */
const MAX_TOTALS_BYTES = 64 * 2 ** 20
/** So many cells are copied at once, and added while the processor's second memory still holds them. */
const PIECE_CELLS = 16_384
const PIECE_SERIES = 1_024

interface Exports {
  readonly memory: WebAssembly.Memory
  add(
    places: number,
    count: number,
    cells: number,
    totals: number,
    lows: number,
    buckets: number,
    exact: number,
  ): void
}

/** Series that follow one another in a link, and the cells among which theirs are. */
interface Piece {
  readonly from: number
  readonly count: number
  readonly firstCell: number
  readonly endCell: number
  /** As the machine code reads them: first cell and index of each series. */
  readonly places: Int32Array
}

/**
 * Adds the histograms of many segments four times as fast as {@link addHistograms}, by vector instructions, to the
 * same bits (histogram-kernel.wat). False when it did nothing, because that does not pay or is not possible here.
 */
export function addByKernel(
  into: MergedCells,
  seriesCount: number,
  all: readonly Adding[],
  isWorthwhile: (cellCount: number) => boolean = count => count >= WORTHWHILE_CELLS,
): boolean {
  const { totals, lows, counts, cellCount } = into
  const series = all.reduce((sum, { link }) => sum + link.from.length, 0)
  if (!isWorthwhile(series * cellCount) || seriesCount * cellCount * 8 > MAX_TOTALS_BYTES) return false
  const kernel = loadKernel()
  const space = kernel && spaceIn(kernel, seriesCount, cellCount)
  if (kernel === undefined || space === undefined) return false

  space.totals.set(totals.subarray(0, space.totals.length))
  space.lows.set(lows.subarray(0, seriesCount))
  for (const { cells, link } of all) {
    for (const piece of piecesOf(link, cellCount)) {
      const { from, count, firstCell, endCell, places } = piece
      if (endCell - firstCell > PIECE_CELLS || endCell > cells.length) {
        const part = { ...link, from: link.from.slice(from, from + count), to: link.to.slice(from, from + count) }
        addHistograms({ totals: space.totals, lows: space.lows, counts, cellCount }, cells, part)
        continue
      }
      space.cells.set(cells.subarray(firstCell, endCell))
      space.places.set(places)
      kernel.add(
        space.places.byteOffset,
        count,
        space.cells.byteOffset,
        space.totals.byteOffset,
        space.lows.byteOffset,
        cellCount - 3,
        Number(link.exact),
      )
    }
  }
  totals.set(space.totals)
  lows.set(space.lows)
  return true
}

interface Space {
  readonly totals: Float64Array
  readonly lows: Float64Array
  readonly cells: Float64Array
  readonly places: Int32Array
}

/** Room for so many series; undefined when there is none to be had. */
function spaceIn({ memory }: Exports, seriesCount: number, cellCount: number): Space | undefined {
  const floats = seriesCount * (cellCount + 1) + PIECE_CELLS
  const missing = floats * 8 + PIECE_SERIES * 8 - memory.buffer.byteLength
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536))
  } catch {
    return undefined
  }
  let end = 0
  const take = (count: number) => new Float64Array(memory.buffer, (end += count * 8) - count * 8, count)
  const totals = take(seriesCount * cellCount)
  const lows = take(seriesCount)
  const cells = take(PIECE_CELLS)
  return { totals, lows, cells, places: new Int32Array(memory.buffer, end, PIECE_SERIES * 2) }
}

const PIECES: WeakMap<Link, { count: number; pieces: Piece[] }> = new WeakMap()

/** Found anew when a link got longer: it never gets shorter. */
function piecesOf(link: Link, cellCount: number): readonly Piece[] {
  const known = PIECES.get(link)
  if (known?.count === link.from.length) return known.pieces
  const pieces: Piece[] = []
  for (let from = 0; from < link.from.length; from += pieces.at(-1)!.count) {
    pieces.push(pieceFrom(link, from, cellCount))
  }
  PIECES.set(link, { count: link.from.length, pieces })
  return pieces
}

/** As many series as are near enough to the first; a segment's are mostly in its order. */
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
  return { from: first, count, firstCell, endCell, places }
}

let loaded: Exports | undefined
let isTried = false

/** Where there is no WebAssembly, or no vector instructions or address space for it, things are added without it. */
function loadKernel(): Exports | undefined {
  if (isTried) return loaded
  isTried = true
  try {
    const module = new WebAssembly.Module(Buffer.from(HISTOGRAM_KERNEL, 'base64'))
    loaded = new WebAssembly.Instance(module).exports as unknown as Exports
  } catch {}
  return loaded
}
