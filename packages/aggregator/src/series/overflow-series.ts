import type { Measuring } from './measuring.ts'
import type { RecordingSeries } from './series.ts'

/** The series of everything above a limit. It knows how much goes through it, also through bound handles. */
export class OverflowSeries implements RecordingSeries {
  readonly #series: RecordingSeries
  readonly #measuring: Measuring

  constructor(series: RecordingSeries, measuring: Measuring) {
    this.#series = series
    this.#measuring = measuring
  }

  get text(): string {
    return this.#series.text
  }

  get cells(): Float64Array {
    return this.#series.cells
  }

  set cells(cells: Float64Array) {
    this.#series.cells = cells
  }

  get slot(): number {
    return this.#series.slot
  }

  set slot(slot: number) {
    this.#series.slot = slot
  }

  record(value: number): void {
    if (this.#measuring.accepts(value)) this.#measuring.overflowed()
    this.#series.record(value)
  }

  /** It is nobody's own. */
  replace(): void {}

  add(value: number): void {
    this.record(value)
  }
}
