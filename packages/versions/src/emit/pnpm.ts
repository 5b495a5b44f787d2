import { Document, isMap, parseDocument } from 'yaml'
import type { VersionSet } from '../sets/version-set.ts'
import { type Format, FormatError } from './format.ts'
import { isOfOtherSet } from './replace-pins.ts'

const FILE = 'pnpm-workspace.yaml'
/** The same default catalog that services name with `"@opentelemetry/api": "catalog:"`. */
const FROM_CATALOG = 'catalog:'

/**
 * The `catalog` of pnpm-workspace.yaml, and `overrides` that take their versions from it: the one is for dependencies
 * that say `catalog:`, the other holds for all.
 */
export const pnpm: Format = {
  file: () => FILE,
  print: set => write(new Document({}), set),
  apply: (set, text = '') => write(read(text), set),
}

function write(document: Document, set: VersionSet): string {
  for (const [name, version] of Object.entries(document.toJS().catalog ?? {})) {
    if (!isOfOtherSet(name, version, set)) continue
    document.deleteIn(['catalog', name])
    if (document.getIn(['overrides', name]) === FROM_CATALOG) document.deleteIn(['overrides', name])
  }
  for (const [name, version] of Object.entries(set.packages)) {
    document.setIn(['catalog', name], version)
    document.setIn(['overrides', name], FROM_CATALOG)
  }
  return document.toString({ lineWidth: 0, singleQuote: true })
}

function read(text: string): Document {
  const document: Document = parseDocument(text) as never
  const [problem] = document.errors
  if (problem !== undefined) throw new FormatError(`${FILE} is no YAML: ${problem.message}. Mend it first.`)
  document.contents ??= document.createNode({})
  if (!isMap(document.contents)) throw new FormatError(`${FILE} has no settings in it. Mend it first.`)
  for (const key of ['catalog', 'overrides']) {
    // Also `catalog:` with nothing behind it, which YAML takes for a null.
    if (!isMap(document.get(key))) document.set(key, document.createNode({}))
  }
  return document
}
