import { parseSource, type SyntaxNode } from './parse-source.ts'
import { lineAt, readText } from './read-text.ts'

/** A file of the app's own that says something about OpenTelemetry, Tutti or cluster. */
export interface Source {
  readonly file: string
  readonly text: string
  /** Parsed when it is asked for; undefined where it can't be. */
  tree(): SyntaxNode | undefined
}

const MAX_TEXT = 1 << 20
const CODE = /\.[cm]?[jt]sx?$/
/** Of a bundler, a test runner or PM2. */
const CONFIG = /\.config\.[cm]?[jt]s$/
const TELLS =
  /@opentelemetry\/|@tutti\/|(?:require\(|from |import )\s*['"](?:node:)?cluster['"]|import-in-the-middle/

export function findSources(files: readonly string[]): Source[] {
  return files.flatMap(file => {
    if (!CODE.test(file) || CONFIG.test(file)) return []
    const text = readText(file)
    if (text === undefined || text.length > MAX_TEXT || !TELLS.test(text)) return []
    let tree: SyntaxNode | undefined | null = null
    return [
      {
        file,
        text,
        tree() {
          if (tree === null) tree = parseSource(text, file)
          return tree
        },
      },
    ]
  })
}

/** The first line of a source that fits. */
export function lineThat({ text }: Source, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)
  return found === null ? undefined : lineAt(text, found.index)
}
