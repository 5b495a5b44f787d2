import { writeSync } from 'node:fs'

/** One line on stderr, at once. A closed or full stderr is no reason to disturb the app. */
export function say(line: string): void {
  sayPlainly(`tutti: ${line}`)
}

/** Without our name before it, for a line that is an object. */
export function sayPlainly(line: string): void {
  try {
    writeSync(2, `${line}\n`)
  } catch {
    // Nobody is listening.
  }
}
