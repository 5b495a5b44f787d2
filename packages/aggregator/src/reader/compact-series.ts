import type { MergedSeries } from '../merge/merged-series.ts'
import type { StreamCells } from '../merge/resource-metrics.ts'
import type { Exemplar } from '../segment/exemplar-cells.ts'
import type { StreamDefinition } from '../segment/stream.ts'

/** Some of a stream's series, with cells of their own: what a reader sees where it does not see the stream itself. */
export class CompactSeries implements StreamCells {
  readonly definition: StreamDefinition
  readonly cellCount: number
  readonly series: MergedSeries[] = []
  readonly totals: Float64Array
  readonly exemplars: { present(index: number): readonly Exemplar[] }
  /** Where in the stream a series is; undefined where it is not. */
  readonly #origins: (number | undefined)[] = []

  /** @param sinceMs exemplars before it are left out. */
  constructor(
    of: Pick<StreamCells, 'definition' | 'cellCount' | 'exemplars'>,
    capacity: number,
    sinceMs: number = Number.NEGATIVE_INFINITY,
  ) {
    this.definition = of.definition
    this.cellCount = of.cellCount
    this.totals = new Float64Array(capacity * of.cellCount)
    this.exemplars = {
      present: index => {
        const origin = this.#origins[index]
        if (origin === undefined) return []
        const found = of.exemplars.present(origin)
        return found.length === 0 ? found : found.filter(({ timeMs }) => timeMs > sinceMs)
      },
    }
  }

  /** Appends one series with the cells that begin at `at`. Returns where they begin here. */
  append(series: MergedSeries, cells: Float64Array, at: number, origin?: number): number {
    const to = this.series.length * this.cellCount
    for (let cell = 0; cell < this.cellCount; cell++) this.totals[to + cell] = cells[at + cell]
    this.series.push(series)
    this.#origins.push(origin)
    return to
  }

  dropLast(): void {
    this.series.pop()
    this.#origins.pop()
  }
}
