import type { LabelArguments, LabelDefinitions } from '../labels/definitions.ts'
import type { Labeled } from '../metrics/options.ts'
import type { Instrument } from '../recording/instrument.ts'
import { messageOf, observeRegularly } from '../shared/pulse.ts'
import { note } from '../shared/state.ts'
import { isThenable } from '../shared/thenable.ts'
import { labelsAndFunction } from './around.ts'

/** Several gauges that are said together. */
export interface Levels<L extends LabelDefinitions, Values> extends Labeled<L> {
  /** Never throws. What is left out stays as it was. */
  set(values: Values, ...labels: LabelArguments<L>): void
  /**
   * Asks `observe` with every observation, about once a second with Tutti's provider; also a promise. Returns what ends
   * it. What it throws is counted, and a promise that is not kept within 30 seconds.
   */
  observe(...args: [...labels: LabelArguments<L>, observe: () => Values | Promise<Values>]): () => void
}

export function levelsOf<L extends LabelDefinitions, Values>(
  name: string,
  instruments: Readonly<Record<string, Instrument>>,
): Levels<L, Values> {
  const store = (labels: unknown, values: unknown): void => {
    for (const [part, instrument] of Object.entries(instruments)) {
      const value = (values as Record<string, unknown>)[part]
      if (value !== undefined) instrument.record(value as number, labels)
    }
  }
  const levels = {
    set(values: unknown, labels?: unknown) {
      try {
        store(labels, values)
      } catch (error) {
        note('value', name, () => `its values can't be read (${messageOf(error)}).`)
      }
    },
    observe(first: unknown, second?: unknown) {
      const [labels, observe] = labelsAndFunction(first, second)
      return observeRegularly(name, () => {
        const values = observe()
        if (isThenable(values)) return values.then(later => store(labels, later))
        return store(labels, values)
      })
    },
  }
  return levels as unknown as Levels<L, Values>
}
