import type { Edit, Finding } from '../finding.ts'
import { groupBy } from '../source/group-by.ts'
import { readText } from '../source/read-text.ts'

/** A file as it is, and as it would be. */
export interface ChangedFile {
  readonly file: string
  readonly before: string
  readonly after: string
}

/** What --fix would make of the files. Of edits that touch the same text the first one counts; the others wait. */
export function planFixes(findings: readonly Finding[]): ChangedFile[] {
  const edits = findings.flatMap(({ fix = [] }) => fix)
  return [...groupBy(edits, ({ file }) => file)].flatMap(([file, own]) => {
    const before = readText(file)
    if (before === undefined) return []
    const after = applyEdits(before, own)
    return after === before ? [] : [{ file, before, after }]
  })
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  const taken: Edit[] = []
  for (const edit of edits)
    if (!taken.some(other => isSame(edit, other) || touches(edit, other))) taken.push(edit)
  let changed = ''
  let end = 0
  // The sort keeps what is inserted at one place in its order, and before what is replaced there.
  for (const { offset, length, text: own } of taken.sort(
    (a, b) => a.offset - b.offset || a.length - b.length,
  )) {
    changed += text.slice(end, offset) + own
    end = offset + length
  }
  return changed + text.slice(end)
}

/** Two services that share a command, by an anchor of YAML, both have it mended. */
function isSame(one: Edit, other: Edit): boolean {
  return one.offset === other.offset && one.length === other.length && one.text === other.text
}

function touches(one: Edit, other: Edit): boolean {
  if (one.offset === other.offset && one.length > 0 && other.length > 0) return true
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length
}
