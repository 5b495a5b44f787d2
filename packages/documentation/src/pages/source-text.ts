import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { repository } from '../repository.ts'

/** Every text in the sources of the packages and of the sample backend; what is computed in it stands as `…`. */
export function textsInSources(): string[] {
  return sourceFiles().flatMap(file => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true)
    const texts: string[] = []
    const visit = (node: ts.Node): void => {
      const text = textOf(node)
      if (text !== undefined) texts.push(text)
      ts.forEachChild(node, visit)
    }
    visit(source)
    return texts
  })
}

/** All sources in one, for names of variables. */
export function sources(): string {
  return sourceFiles()
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
}

function sourceFiles(): string[] {
  return globSync(['packages/*/src/**/*.ts', 'apps/control-plane/src/**/*.ts'], { cwd: repository })
    .filter(path => !path.startsWith('packages/documentation/'))
    .map(path => join(repository, path))
}

/** A literal's text; of a template, and of texts that are added up, the whole. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)]
    return left === undefined && right === undefined ? undefined : `${left ?? '…'}${right ?? '…'}`
  }
  return undefined
}
