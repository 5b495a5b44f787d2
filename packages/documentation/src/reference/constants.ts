import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { repository } from '../repository.ts'

/** One property of a constant object, with what its comment says. */
export interface Field {
  readonly name: string
  /** As it is written: `64`, or `HEADER.checksum`. */
  readonly value: string
  readonly comment: string
}

/** The properties of `export const <name> = { ... } as const` in a file of the repository, in their order. */
export function fieldsOf(path: string, name: string): Field[] {
  const source = parse(path)
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    for (const declaration of statement.declarationList.declarations) {
      if (declaration.name.getText(source) !== name) continue
      const value = declaration.initializer
      const object = value && ts.isAsExpression(value) ? value.expression : value
      if (object && ts.isObjectLiteralExpression(object))
        return object.properties.map(each => field(each, source))
    }
  }
  throw new Error(`${path} has no constant object ${name}`)
}

/** What the comment before the first statement of a file says. */
export function firstComment(path: string): string {
  const source = parse(path)
  const [range] = ts.getLeadingCommentRanges(source.text, 0) ?? []
  if (range === undefined) throw new Error(`${path} does not begin with a comment`)
  return plain(source.text.slice(range.pos, range.end))
}

function parse(path: string): ts.SourceFile {
  const text = readFileSync(join(repository, path), 'utf8')
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
}

function field(property: ts.ObjectLiteralElementLike, source: ts.SourceFile): Field {
  const { name, initializer } = property as ts.PropertyAssignment
  const comments = ts.getLeadingCommentRanges(source.text, property.getFullStart()) ?? []
  const comment = comments.map(({ pos, end }) => plain(source.text.slice(pos, end))).join(' ')
  return { name: name.getText(source), value: initializer.getText(source), comment }
}

/** Without stars; a link becomes the name that it leads to. */
function plain(comment: string): string {
  return comment
    .replaceAll(/^\/\*\*?|\*\/$/g, '')
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .trim()
}
