import { appendFileSync } from 'node:fs'

/**
 * Says that something was not tested and why, so that no test is skipped silently. `npm test` names the file in
 * TUTTI_NOT_RUN_FILE and prints everything in it at its very end; without it the line goes to standard error.
 */
export function notRun(what: string, why: string): void {
  const file = process.env.TUTTI_NOT_RUN_FILE
  // One write of one line: packages test in parallel and append to the same file.
  if (file) appendFileSync(file, `${JSON.stringify({ what, why })}\n`)
  else console.error(`NOT RUN: ${what}: ${why}`)
}
