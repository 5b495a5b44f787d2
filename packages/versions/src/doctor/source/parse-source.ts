import { type ParserOptions, parse } from '@babel/parser'

/** A node of the tree that Babel makes; which fields it has its type tells. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly loc: { readonly start: { readonly line: number } }
  readonly [field: string]: unknown
}

/** The tree of a file; undefined where it is none that can be parsed. */
export function parseSource(text: string, file: string): SyntaxNode | undefined {
  const plugins: ParserOptions['plugins'] = /\.[cm]?ts$/.test(file)
    ? ['typescript', 'decorators']
    : /\.tsx$/.test(file)
      ? ['typescript', 'jsx', 'decorators']
      : ['jsx', 'decorators']
  try {
    return parse(text, {
      plugins,
      sourceType: 'unambiguous',
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
    }) as unknown as SyntaxNode
  } catch {
    return undefined
  }
}

/** Every node below, itself included, in the order of the text. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  yield node
  for (const [field, value] of Object.entries(node)) {
    if (field === 'loc' || field === 'errors' || field === 'comments' || field === 'tokens') continue
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) yield* walk(each)
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string'
}

/** What an expression is for certain: literals, and objects and arrays of them. Everything else is undefined. */
export function constantOf(node: unknown): unknown {
  if (!isNode(node)) return undefined
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return node.value
    case 'NullLiteral':
      return null
    case 'TemplateLiteral': {
      const [quasi, ...more] = node.quasis as SyntaxNode[]
      return more.length > 0 ? undefined : (quasi?.value as { cooked?: string } | undefined)?.cooked
    }
    case 'UnaryExpression':
      return node.operator === '-' ? -Number(constantOf(node.argument)) : undefined
    case 'ArrayExpression':
      return (node.elements as unknown[]).map(constantOf)
    case 'ObjectExpression':
      return Object.fromEntries(propertiesOf(node).map(([name, value]) => [name, constantOf(value)]))
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return constantOf(node.expression)
    default:
      return undefined
  }
}

/** An object's properties by name, with their values and with themselves. */
export function propertiesOf(node: unknown): [name: string, value: SyntaxNode, property: SyntaxNode][] {
  if (!isNode(node) || node.type !== 'ObjectExpression') return []
  return (node.properties as SyntaxNode[]).flatMap(property => {
    const key = property.key as SyntaxNode | undefined
    const name = key?.type === 'Identifier' && property.computed !== true ? key.name : constantOf(key)
    return isNode(property.value) && typeof name === 'string' ? [[name, property.value, property]] : []
  })
}

export function propertyOf(node: unknown, wanted: string): SyntaxNode | undefined {
  return propertiesOf(node).find(([name]) => name === wanted)?.[1]
}

/** The name that a class or function is called by: `NodeSDK`, also of `sdk.NodeSDK`. */
export function calleeName(node: SyntaxNode): string | undefined {
  const callee = node.callee as SyntaxNode | undefined
  const named = callee?.type === 'MemberExpression' ? (callee.property as SyntaxNode) : callee
  return named?.type === 'Identifier' ? (named.name as string) : undefined
}
