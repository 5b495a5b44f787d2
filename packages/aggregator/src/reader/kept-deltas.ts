import type { Merge } from '../merge/merge.ts'
import { Deltas } from './deltas.ts'
import { readExported, writeExported } from './exported-file.ts'
import { whenExported } from './push-reader.ts'
import type { Pushing } from './pushing.ts'

/**
 * A reader of deltas keeps what it has exported in a file, for whoever is elected after it. The file is written when
 * the export has been acknowledged or given up, not when it begins: a process that is killed in between leaves a
 * delta that may or may not have arrived, and the next one exports it again, with the same start time. That is the
 * OpenTelemetry protocol's own choice (OTLP, duplicate data): rather twice than never. In a process that lives on,
 * every delta is handed to the exporter exactly once.
 */

/** The deltas where whoever was elected before left off. */
export function resumeDeltas(pushing: Pushing, merge: Merge): Deltas {
  try {
    return new Deltas(readExported(pushing.path))
  } catch (error) {
    pushing.say(
      `can't be read (${(error as Error).message}): deltas begin anew with what is counted from now on`,
    )
    // Rather not said than everything said again.
    return Deltas.from(merge)
  }
}

/** Keeps, when the export for which they were taken has ended, that they were exported. */
export function keepDeltas(pushing: Pushing, { exported }: Deltas): void {
  whenExported(pushing.reader, () => {
    if (!pushing.isElected()) return
    try {
      writeExported(pushing.path, exported)
    } catch (error) {
      pushing.say(
        `can't be written (${(error as Error).message}): should this process die, the next one exports again what ` +
          'was counted since it could be',
      )
    }
  })
}
