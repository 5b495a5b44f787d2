import type { Service } from '../service.ts'
import { calleeName, type SyntaxNode, walk } from './parse-source.ts'
import type { Source } from './sources.ts'

/** A call, or a `new`, of one of these names in the app's own code. */
export interface Use {
  readonly name: string
  readonly node: SyntaxNode
  readonly file: string
  readonly line: number
}

export function findUses({ sources }: Pick<Service, 'sources'>, names: readonly string[]): Use[] {
  return sources
    .filter(({ text }) => names.some(name => text.includes(name)))
    .flatMap(source => usesIn(source, names))
}

function usesIn(source: Source, names: readonly string[]): Use[] {
  const tree = source.tree()
  if (tree === undefined) return []
  return [...walk(tree)].flatMap(node => {
    const name =
      node.type === 'NewExpression' || node.type === 'CallExpression' ? calleeName(node) : undefined
    if (name === undefined || !names.includes(name)) return []
    return [{ name, node, file: source.file, line: node.loc.start.line }]
  })
}
