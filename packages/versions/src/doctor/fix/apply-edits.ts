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
  let changed = text
  let limit = text.length
  for (const { offset, length, text: own } of edits.toSorted((a, b) => b.offset - a.offset)) {
    if (offset + length > limit) continue
    changed = changed.slice(0, offset) + own + changed.slice(offset + length)
    limit = offset
  }
  return changed
}
