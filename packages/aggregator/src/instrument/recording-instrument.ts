import type { Attributes, Context } from '@opentelemetry/api'
import type { SharedGauge, SharedHistogram } from './bound.ts'
import { SynchronousInstrument } from './synchronous-instrument.ts'
import { withContext } from './with-context.ts'

/** Histogram and Gauge. Written out beside AddingInstrument: a function for both would not know its series' class. */
export class RecordingInstrument extends SynchronousInstrument implements SharedHistogram, SharedGauge {
  record(value: number, attributes?: Attributes, given?: Context): void {
    const { measuring } = this
    // Before the series is looked for: what is not recorded must not make one.
    const isUsual = typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE
    if (!isUsual && !measuring.accepts(value)) return measuring.reject(value)
    try {
      if (given === undefined) this.table.find(attributes).record(value)
      else this.#recordWith(given, value, attributes)
    } catch (error) {
      // A getter or a `toJSON` of the caller's attributes threw.
      measuring.reject(error)
    }
  }

  /** Apart, because a function that makes closures takes longer also when it makes none. */
  #recordWith(given: Context, value: number, attributes: Attributes | undefined): void {
    withContext(this.measuring, given, () => this.table.find(attributes, given).record(value))
  }
}
