import type { Finding } from '../finding.ts'
import type { Service } from '../service.ts'
import { isNode, propertyOf, type SyntaxNode } from '../source/parse-source.ts'
import { findUses } from '../source/sdk.ts'
import { report } from './report.ts'
import { overlap, readView, type View } from './view.ts'

const PROVIDERS = ['SharedMeterProvider', 'MeterProvider', 'NodeSDK']

/** Views that are written down as a list; what is only known when it runs is left alone. */
export function overlappingViews(service: Service): readonly Finding[] {
  return findUses(service, PROVIDERS).flatMap(use => {
    const views = propertyOf((use.node.arguments as unknown[])[0], 'views')
    if (views?.type !== 'ArrayExpression') return []
    const read = (views.elements as unknown[]).filter(isNode).map(node => ({ node, view: viewOf(node) }))
    return read.flatMap(({ node, view }, at) => {
      const other = read.slice(0, at).find(each => overlap(each.view, view))
      if (other === undefined) return []
      const place = { file: use.file, line: node.loc.start.line }
      const line = other.node.loc.start.line
      return [
        report(
          'TUTTI306',
          place,
          `${shown(view)} and ${shown(other.view)} of line ${line} fit the same instruments`,
        ),
      ]
    })
  })
}

/** `{...}` for SDK 2 and later, `new View({...})` before. */
function viewOf(node: SyntaxNode): View | undefined {
  const options = node.type === 'NewExpression' ? (node.arguments as unknown[])[0] : node
  return readView(options)
}

function shown(view: View | undefined): string {
  return `the view of ${JSON.stringify(view?.instrumentName ?? '*')}`
}
