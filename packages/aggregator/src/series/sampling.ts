import { Exemplars } from './exemplars.ts'
import type { Measuring } from './measuring.ts'
import type { Stream } from './stream.ts'

/** OpenTelemetry metrics SDK, exemplar filter (`OTEL_METRICS_EXEMPLAR_FILTER`). */
export type ExemplarFilter = 'trace_based' | 'always_on' | 'always_off'

/** Switches exemplars on in every stream, once somebody can have made a span active. */
export class Sampling {
  readonly #filter: ExemplarFilter
  readonly #now: () => number
  #waiting: [Stream, Measuring][] = []

  constructor(filter: ExemplarFilter, now: () => number) {
    this.#filter = filter
    this.#now = now
  }

  add(stream: Stream, measuring: Measuring): void {
    if (this.#filter === 'always_off') return
    this.#waiting.push([stream, measuring])
    this.follow()
  }

  /** Asking for the active context costs more than a measurement: nobody asks before there can be a span in it. */
  follow(): void {
    if (this.#waiting.length === 0 || (this.#filter === 'trace_based' && !mayHaveSpans())) return
    for (const [stream, measuring] of this.#waiting) {
      const sampledOnly = this.#filter === 'trace_based'
      measuring.sample(new Exemplars(sampledOnly, series => stream.placeExemplars(series), this.#now))
    }
    this.#waiting = []
  }
}

/** A span is active only where a context manager is registered; the API keeps it under this symbol. */
function mayHaveSpans(): boolean {
  const api = (globalThis as Record<symbol, { context?: unknown } | undefined>)[
    Symbol.for('opentelemetry.js.api.1')
  ]
  return api?.context !== undefined
}
