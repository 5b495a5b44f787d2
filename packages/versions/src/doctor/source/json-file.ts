import { findNodeAtLocation, type JSONPath, type Node, type ParseError, parse, parseTree } from 'jsonc-parser'
import { lineAt, readText } from './read-text.ts'

/** A JSON file that knows where everything stands in it. */
export interface JsonFile<Value = unknown> {
  readonly file: string
  readonly text: string
  readonly value: Value
  /** The line of a key, or of the value where it is an element; of the nearest above it where it is not there. */
  lineOf(...path: JSONPath): number
  nodeAt(...path: JSONPath): Node | undefined
}

/** Undefined where there is no such file; a file that is no JSON says so. */
export function readJsonFile<Value>(file: string): JsonFile<Value> | 'broken' | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const errors: ParseError[] = []
  const value = parse(text, errors) as Value | undefined
  const tree = parseTree(text)
  if (errors.length > 0 || tree === undefined || value === undefined) return 'broken'
  const nodeAt = (...path: JSONPath) => findNodeAtLocation(tree, path)
  return {
    file,
    text,
    value,
    nodeAt,
    lineOf(...path) {
      for (let length = path.length; length > 0; length--) {
        const node = nodeAt(...path.slice(0, length))
        if (node !== undefined)
          return lineAt(text, (node.parent?.type === 'property' ? node.parent : node).offset)
      }
      return 1
    },
  }
}
