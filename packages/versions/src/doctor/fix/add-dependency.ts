import { applyEdits, modify, parse } from 'jsonc-parser'
import type { Manifest } from '../packages/graph.ts'

const NAME = '@tutti/preload'

/**
 * The text of a package.json with the preload among its dependencies, in the order in which npm writes them. A
 * development dependency is moved, with its range.
 */
export function addDependency(text: string, range: string): string {
  const { dependencies, devDependencies } = parse(text) as Manifest
  if (dependencies?.[NAME] !== undefined) return text
  const known = devDependencies?.[NAME]
  const without = known === undefined ? text : modifyJson(text, ['devDependencies', NAME], undefined)
  const all = Object.entries({ ...dependencies, [NAME]: known ?? range }).sort(([a], [b]) => (a < b ? -1 : 1))
  return modifyJson(without, ['dependencies'], Object.fromEntries(all))
}

/** Written as the rest of the file is. */
export function modifyJson(text: string, path: string[], value: unknown): string {
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)"/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
  return applyEdits(text, modify(text, path, value, { formattingOptions }))
}
