import type { Sample } from './page.ts'
import { unescaped } from './unescaped.ts'

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const QUOTED_NAME = /\s*"((?:[^"\\]|\\.)*)"\s*(?:,\s*|(?=\}))/y
const LABEL = /\s*(?:([a-zA-Z_:][\w:]*)|"((?:[^"\\]|\\.)*)")\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,\s*|(?=\}))/y
/** The value, then perhaps a time, then perhaps an exemplar. */
const REST = /^\s*(\S+)(?:\s+-?[\d.eE+-]+)?(?:\s+#\s*\{.*)?\s*$/

/** Reads a line with a sample, or says what is wrong with it. */
export function parseSample(row: string): Sample | string {
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(row)
    if (found !== null) at = pattern.lastIndex
    return found
  }
  let name = take(NAME)?.[0]
  while (row[at] === ' ') at++
  const labels = new Map<string, string>()
  if (row[at] === '{') {
    at++
    if (name === undefined) name = quoted(take(QUOTED_NAME)?.[1])
    for (let label = take(LABEL); label !== null; label = take(LABEL)) {
      const key = label[1] ?? unescaped(label[2])
      if (labels.has(key)) return `label ${JSON.stringify(key)} stands twice`
      labels.set(key, unescaped(label[3]))
    }
    while (row[at] === ' ') at++
    if (row[at] !== '}') return `its labels can't be read from character ${at + 1} on`
    at++
  }
  if (name === undefined) return 'it begins with no name'
  const [, written] = REST.exec(row.slice(at)) ?? []
  const value = numberOf(written ?? '')
  return value === undefined ? 'it has no value' : { name, labels, value }
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : unescaped(text)
}

function numberOf(text: string): number | undefined {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(text)) return Number.NaN
  const value = Number(text)
  return text === '' || Number.isNaN(value) ? undefined : value
}
