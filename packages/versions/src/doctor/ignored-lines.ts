import type { Finding } from './finding.ts'
import { readText } from './source/read-text.ts'

/** `tutti-ignore TUTTI204`, in a comment on the line or the one above, whatever a comment is there. */
const IGNORE = /\btutti-ignore((?:[ ,]+TUTTI\d{3})+)/

/** Whether the file itself says that this is meant to be so. */
export function isIgnoredThere({ file, line, code }: Finding): boolean {
  const lines = readText(file)?.split('\n') ?? []
  return [line - 2, line - 1].some(index => IGNORE.exec(lines[index] ?? '')?.[1]?.includes(code) === true)
}
