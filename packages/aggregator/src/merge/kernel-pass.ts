import type { Link } from './links.ts'
import { type HistogramKernel, loadHistogramKernel } from './load-histogram-kernel.ts'
import { placesOf } from './places.ts'
import type { MergedCells } from './totals.ts'

/** A stream of explicit-bucket histograms that is to be added up. */
export interface HistogramCells extends MergedCells {
  readonly seriesCount: number
  /** How many series of all segments are added. */
  readonly addedCount: number
}

/** With fewer cells it does not pay: the kernel has its own memory, to which totals are copied. */
const WORTHWHILE_CELLS = 65_536
/** What would take more is added without it: that memory is never given back. */
const MAX_BYTES = 128 * 2 ** 20
const WASM_PAGE_BYTES = 65_536

/** Where the totals of a stream are while they are added up. */
interface Region {
  readonly totals: Float64Array
  readonly lows: Float64Array
}

/**
 * Adds histograms up three times as fast as `addHistograms` in add.ts, by vector instructions, to the same bits
 * (histogram-kernel.wat). One pass over all segments: their cells are read to {@link cells}, one segment after the
 * other, and added while the processor's nearer memory still holds them.
 */
export class KernelPass {
  /** Room for the cells of any segment. */
  readonly cells: Float64Array
  readonly #kernel: HistogramKernel
  readonly #places: Int32Array
  readonly #regions: Map<MergedCells, Region> = new Map()

  private constructor(kernel: HistogramKernel, plan: Plan) {
    const { buffer } = kernel.memory
    this.#kernel = kernel
    let end = 0
    const take = (count: number) => {
      const taken = new Float64Array(buffer, end, count)
      end += taken.byteLength
      return taken
    }
    this.cells = take(plan.cellCount)
    for (const stream of plan.streams) {
      const totals = take(stream.seriesCount * stream.cellCount)
      this.#regions.set(stream, { totals, lows: take(stream.seriesCount) })
    }
    this.#places = new Int32Array(buffer, end, plan.placeCount * 2)
  }

  /**
   * Undefined when it would not pay, or is not possible.
   * @param cellCount how many cells the largest segment has.
   */
  static over(
    streams: readonly HistogramCells[],
    cellCount: number,
    worthwhileCells: number = WORTHWHILE_CELLS,
  ): KernelPass | undefined {
    const added = streams.reduce((sum, each) => sum + each.addedCount * each.cellCount, 0)
    if (added < worthwhileCells) return undefined
    // No link is longer than all of them together.
    const placeCount = Math.max(...streams.map(each => each.addedCount))
    const totals = streams.reduce((sum, each) => sum + each.seriesCount * (each.cellCount + 1), 0)
    const bytes = (cellCount + totals + placeCount) * 8
    const kernel = bytes > MAX_BYTES ? undefined : loadHistogramKernel()
    if (kernel === undefined || !hasRoom(kernel, bytes)) return undefined
    return new KernelPass(kernel, { streams, cellCount, placeCount })
  }

  /** Takes over a stream's totals. False when it is not one of those that are added here. */
  begin(stream: MergedCells): boolean {
    const region = this.#regions.get(stream)
    if (region === undefined) return false
    region.totals.set(stream.totals.subarray(0, region.totals.length))
    region.lows.set(stream.lows.subarray(0, region.lows.length))
    return true
  }

  /** @param cells of one segment: {@link cells} themselves, or some that are copied there. */
  add(stream: MergedCells, cells: Float64Array, link: Link): void {
    const { totals, lows } = this.#regions.get(stream)!
    if (cells !== this.cells) this.cells.set(cells.subarray(0, this.cells.length))
    const places = placesOf(link, stream.cellCount)
    this.#places.set(places)
    this.#kernel.add(
      this.#places.byteOffset,
      places.length / 2,
      this.cells.byteOffset,
      totals.byteOffset,
      lows.byteOffset,
      stream.cellCount - 3,
      Number(link.exact),
    )
  }

  /** Gives the totals back. */
  end(stream: MergedCells): void {
    const { totals, lows } = this.#regions.get(stream)!
    stream.totals.set(totals)
    stream.lows.set(lows)
  }
}

interface Plan {
  readonly streams: readonly HistogramCells[]
  readonly cellCount: number
  readonly placeCount: number
}

function hasRoom({ memory }: HistogramKernel, bytes: number): boolean {
  const missingBytes = bytes - memory.buffer.byteLength
  if (missingBytes <= 0) return true
  try {
    memory.grow(Math.ceil(missingBytes / WASM_PAGE_BYTES))
    return true
  } catch {
    return false
  }
}
