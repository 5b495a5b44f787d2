import type { Context } from '@opentelemetry/api'
import { loadApi } from '../api.ts'
import { type Exemplar, writeExemplar } from '../segment/exemplar-cells.ts'
import type { CellRange } from '../segment/writer.ts'
import type { Series } from './series.ts'

const NO_IDS = { traceId: '0'.repeat(32), spanId: '0'.repeat(16) }

/** Keeps, for the series of one stream, the measurements that lead to a trace: the latest in each place. */
export class Exemplars {
  /** The context that the caller of `add` or `record` gave; undefined: the active one. */
  given: Context | undefined
  // Made only where the API is loaded, or exemplars of everything are asked for.
  readonly #api: ReturnType<typeof loadApi> = loadApi()
  readonly #sampledOnly: boolean
  readonly #place: (series: Series) => CellRange | undefined
  readonly #now: () => number
  readonly #ranges: WeakMap<Series, CellRange> = new WeakMap()

  /**
   * @param sampledOnly keep a measurement only while a sampled span is active.
   * @param place gives the cells for a series' exemplars, when it has its first.
   */
  constructor(sampledOnly: boolean, place: (series: Series) => CellRange | undefined, now: () => number) {
    this.#sampledOnly = sampledOnly
    this.#place = place
    this.#now = now
  }

  /** Keeps the measurement, if a sampled span is active or none is asked for. */
  offer(series: Series, place: number, value: number): void {
    const { context, isSpanContextValid, TraceFlags, trace } = this.#api
    const span = trace.getSpanContext(this.given ?? context.active())
    const isSampled =
      span !== undefined && isSpanContextValid(span) && (span.traceFlags & TraceFlags.SAMPLED) !== 0
    if (!isSampled && this.#sampledOnly) return
    const range = this.#rangeOf(series)
    if (range === undefined) return
    const { traceId, spanId } = span !== undefined && isSpanContextValid(span) ? span : NO_IDS
    const exemplar: Exemplar = { timeMs: this.#now(), value, traceId, spanId }
    writeExemplar(range.cells, range.slot, place, exemplar)
  }

  #rangeOf(series: Series): CellRange | undefined {
    const known = this.#ranges.get(series)
    if (known !== undefined) return known
    const range = this.#place(series)
    if (range !== undefined) this.#ranges.set(series, range)
    return range
  }
}
