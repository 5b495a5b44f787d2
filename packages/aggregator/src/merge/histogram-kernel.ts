import type { Link } from './links.ts'
import { type HistogramKernel, loadHistogramKernel } from './load-histogram-kernel.ts'
import { PIECE_CELLS, PIECE_SERIES, piecesOf } from './pieces.ts'
import type { MergedCells } from './totals.ts'

/** The cells of one segment, and where they belong. */
export interface Adding {
  readonly cells: Float64Array
  readonly link: Link
}

/** With fewer cells it does not pay: the machine code has its own memory, to which everything is copied. */
const WORTHWHILE_CELLS = 65_536
/** A stream with more totals is added without it: that memory is never given back. */
const MAX_TOTALS_BYTES = 64 * 2 ** 20
const WASM_PAGE_BYTES = 65_536

/**
 * Adds the histograms of many segments to the totals three times as fast as `addHistograms` in add.ts, by vector
 * instructions, to the same bits (histogram-kernel.wat). False when it did nothing: it would not pay, or can't be done.
 */
export function addByKernel(
  into: MergedCells,
  seriesCount: number,
  all: readonly Adding[],
  worthwhileCells: number = WORTHWHILE_CELLS,
): boolean {
  const { totals, lows, cellCount } = into
  const addedSeries = all.reduce((sum, { link }) => sum + link.from.length, 0)
  if (addedSeries * cellCount < worthwhileCells) return false
  if (seriesCount * cellCount * 8 > MAX_TOTALS_BYTES) return false
  const kernel = loadHistogramKernel()
  const space = kernel && spaceIn(kernel, seriesCount, cellCount)
  if (kernel === undefined || space === undefined) return false

  space.totals.set(totals.subarray(0, space.totals.length))
  space.lows.set(lows.subarray(0, seriesCount))
  for (const { cells, link } of all) {
    for (const { firstCell, endCell, places } of piecesOf(link, cellCount)) {
      space.cells.set(cells.subarray(firstCell, endCell))
      space.places.set(places)
      kernel.add(
        space.places.byteOffset,
        places.length / 2,
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

/** The kernel's memory, as it is used for one stream. */
interface Space {
  readonly totals: Float64Array
  readonly lows: Float64Array
  readonly cells: Float64Array
  readonly places: Int32Array
}

/** Undefined when there is no room to be had. */
function spaceIn({ memory }: HistogramKernel, seriesCount: number, cellCount: number): Space | undefined {
  const lowsAt = seriesCount * cellCount * 8
  const cellsAt = lowsAt + seriesCount * 8
  const placesAt = cellsAt + PIECE_CELLS * 8
  const missingBytes = placesAt + PIECE_SERIES * 8 - memory.buffer.byteLength
  try {
    if (missingBytes > 0) memory.grow(Math.ceil(missingBytes / WASM_PAGE_BYTES))
  } catch {
    return undefined
  }
  return {
    totals: new Float64Array(memory.buffer, 0, seriesCount * cellCount),
    lows: new Float64Array(memory.buffer, lowsAt, seriesCount),
    cells: new Float64Array(memory.buffer, cellsAt, PIECE_CELLS),
    places: new Int32Array(memory.buffer, placesAt, PIECE_SERIES * 2),
  }
}
