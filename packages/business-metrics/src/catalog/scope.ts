import type { MeterProvider } from '@opentelemetry/api'
import { Instrument } from '../recording/instrument.ts'
import { Gate } from '../shared/gate.ts'
import type { Follower } from '../shared/state.ts'
import { UpdateBudget } from '../shared/update-budget.ts'
import type { Definition } from './definition.ts'

/** For parts of a run, which passed its gate as a whole. */
const OPEN = new Gate([], new UpdateBudget(Number.POSITIVE_INFINITY), {
  isEnabled: true,
  disabledGroups: new Set(),
})

/** The instruments of one catalog, which follow the provider. */
export class Scope implements Follower {
  readonly name: string
  readonly version: string | undefined
  readonly #instruments: Instrument[] = []

  constructor(name: string, version: string | undefined) {
    this.name = name
    this.version = version
  }

  /** By part. */
  instruments({ parts, gated }: Definition<object>, gate: Gate): Record<string, Instrument> {
    const entries = Object.entries(parts).map(([part, spec]) => {
      const instrument = new Instrument(spec, gated === 'updates' ? gate : OPEN, gate)
      this.#instruments.push(instrument)
      return [part, instrument] as const
    })
    return Object.fromEntries(entries)
  }

  follow(provider: MeterProvider | undefined): void {
    for (const instrument of this.#instruments) {
      try {
        instrument.follow(provider, this)
      } catch {
        instrument.fail()
      }
    }
  }
}
