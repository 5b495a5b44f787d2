import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import type { Election } from '../directory/election.ts'

/** A push reader's part in the election: only the elected process exports. */
export class Pushing {
  readonly reader: IMetricReader
  /** Where what was exported is kept. */
  readonly path: string
  readonly #election: Election
  readonly #warn: (line: string) => void
  #warned = false
  #ended = false

  constructor(reader: IMetricReader, election: Election, path: string, warn: (line: string) => void) {
    this.reader = reader
    this.#election = election
    this.path = path
    this.#warn = warn
  }

  isElected(): boolean {
    try {
      return !this.#ended && this.#election.stand()
    } catch {
      // The directory is unusable: the provider has said so.
      return false
    }
  }

  /** Whoever is elected from now on has its own file to write. */
  end(): void {
    this.#ended = true
  }

  /** Said once. */
  say(what: string): void {
    if (!this.#warned) this.#warn(`what was exported, ${this.path}, ${what}.`)
    this.#warned = true
  }
}
