import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { readText } from '../source/read-text.ts'

/** One document of a YAML file, which knows where everything stands. */
export interface YamlFile {
  readonly file: string
  readonly text: string
  readonly document: Document
  readonly value: unknown
  lineOf(node: unknown): number
}

/** Only what could be meant is parsed: manifests are small, and a template of Helm's is no YAML. */
export function yamlFiles(file: string): YamlFile[] {
  const text = readText(file)
  if (text === undefined || !/^(?:services|kind)\s*:/m.test(text) || text.includes('{{')) return []
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, logLevel: 'silent' })
  if (!Array.isArray(documents)) return []
  return documents
    .filter(document => document.errors.length === 0)
    .map(document => ({
      file,
      text,
      document,
      value: jsOf(document),
      lineOf(node) {
        const start = (node as Partial<Node> | undefined)?.range?.[0]
        return start === undefined ? 1 : lines.linePos(start).line
      },
    }))
}

function jsOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 1_000 })
  } catch {
    return undefined
  }
}

/** The node at a path, through anchors and merges. */
export function nodeAt(file: YamlFile, ...path: (string | number)[]): Node | undefined {
  let node: unknown = file.document.contents
  for (const step of path) {
    node = resolve(file, childOf(file, resolve(file, node), step))
    if (node === undefined) return undefined
  }
  return node as Node
}

function childOf(file: YamlFile, node: unknown, step: string | number): unknown {
  if (isSeq(node)) return node.items[step as number]
  if (!isMap(node)) return undefined
  const own = node.items.find(({ key }) => isScalar(key) && key.value === step)
  if (own !== undefined) return own.value
  for (const { key, value } of node.items) {
    if (!isScalar(key) || key.source !== '<<') continue
    const merged = resolve(file, value)
    for (const each of isSeq(merged) ? merged.items : [merged]) {
      const found = childOf(file, resolve(file, each), step)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function resolve(file: YamlFile, node: unknown): unknown {
  const isAlias = typeof node === 'object' && node !== null && 'resolve' in node
  return isAlias ? (node as { resolve(document: Document): unknown }).resolve(file.document) : node
}
