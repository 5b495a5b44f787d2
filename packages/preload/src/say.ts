import { writeSync } from 'node:fs'

/** One line on stderr, at once. A closed or full stderr is no reason to disturb the app. */
export function say(line: string): void {
  try {
    writeSync(2, `tutti: ${line}\n`)
  } catch {
    // Nobody is listening.
  }
}
