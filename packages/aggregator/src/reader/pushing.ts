import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import type { Election } from '../directory/election.ts'
import type { Merge } from '../merge/merge.ts'
import { Deltas } from './deltas.ts'
import { readExported, writeExported } from './exported-file.ts'
import { whenExported } from './push-reader.ts'

/**
 * A push reader's part in the election: only the elected process exports.
 *
 * A reader of deltas keeps what it has exported in a file, for whoever is elected after it. The file is written when
 * the export has been acknowledged or given up, not when it begins: a process that is killed in between leaves a
 * delta that may or may not have arrived, and the next one exports it again, with the same start time. That is the
 * OpenTelemetry protocol's own choice (OTLP, duplicate data): rather twice than never. In a process that lives on,
 * every delta is handed to the exporter exactly once.
 */
export class Pushing {
  readonly #reader: IMetricReader
  readonly #election: Election
  readonly #path: string
  readonly #warn: (line: string) => void
  #warned = false
  #ended = false

  /** @param path where what was exported is kept. */
  constructor(reader: IMetricReader, election: Election, path: string, warn: (line: string) => void) {
    this.#reader = reader
    this.#election = election
    this.#path = path
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

  /** The deltas where whoever was elected before left off. */
  resume(merge: Merge): Deltas {
    try {
      return new Deltas(readExported(this.#path))
    } catch (error) {
      this.#say(
        `can't be read (${(error as Error).message}): deltas begin anew with what is counted from now on`,
      )
      // Rather not said than everything said again.
      return Deltas.from(merge)
    }
  }

  /** Keeps, when the export for which they were taken has ended, that they were exported. */
  keep({ exported }: Deltas): void {
    whenExported(this.#reader, () => {
      if (!this.isElected()) return
      try {
        writeExported(this.#path, exported)
      } catch (error) {
        this.#say(
          `can't be written (${(error as Error).message}): should this process die, the next one exports again what ` +
            'was counted since it could be',
        )
      }
    })
  }

  /** Whoever is elected from now on has its own file to write. */
  end(): void {
    this.#ended = true
  }

  #say(what: string): void {
    if (!this.#warned) this.#warn(`what was exported, ${this.#path}, ${what}.`)
    this.#warned = true
  }
}
