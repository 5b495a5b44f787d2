import { constantOf, isNode, propertiesOf } from '../source/parse-source.ts'

/** What a view selects, and what it makes of it, as far as the text says it. */
export interface View {
  readonly instrumentName?: string
  /** The other criteria, each as it is written. */
  readonly criteria: ReadonlyMap<string, string>
  readonly name?: string
  readonly isDrop: boolean
}

const CRITERIA = ['instrumentType', 'instrumentUnit', 'meterName', 'meterVersion', 'meterSchemaUrl']

/** Undefined where a criterion is only known when it runs. */
export function readView(options: unknown): View | undefined {
  if (!isNode(options) || options.type !== 'ObjectExpression') return undefined
  const fields = new Map(propertiesOf(options).map(([name, value]) => [name, value]))
  // A spread may say anything.
  if (fields.size !== (options.properties as unknown[]).length) return undefined
  const criteria = new Map<string, string>()
  for (const each of CRITERIA) {
    const value = fields.get(each)
    if (value !== undefined) criteria.set(each, memberName(value) ?? String(constantOf(value) ?? '?'))
  }
  const instrumentName = constantOf(fields.get('instrumentName'))
  if (fields.has('instrumentName') && typeof instrumentName !== 'string') return undefined
  const name = constantOf(fields.get('name'))
  const aggregation = fields.get('aggregation')
  const kind = memberName(propertyValue(aggregation, 'type')) ?? memberName(aggregation)
  return {
    ...(typeof instrumentName === 'string' && { instrumentName }),
    criteria,
    ...(typeof name === 'string' && { name }),
    isDrop: /drop/i.test(kind ?? '') || /Drop/.test(newName(aggregation) ?? ''),
  }
}

function propertyValue(node: unknown, name: string): unknown {
  return propertiesOf(node).find(([key]) => key === name)?.[1]
}

/** `AggregationType.DROP`: the last name. */
function memberName(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'MemberExpression' || !isNode(node.property)) return undefined
  return node.property.name as string | undefined
}

function newName(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== 'NewExpression' || !isNode(node.callee)) return undefined
  return node.callee.name as string | undefined
}

/** Whether both select some instrument, and make streams of it that contradict each other. */
export function overlap(one: View | undefined, other: View | undefined): boolean {
  if (one === undefined || other === undefined) return false
  const first = one.instrumentName ?? '*'
  const second = other.instrumentName ?? '*'
  if (!canMeet(first, second)) return false
  for (const [criterion, value] of one.criteria) {
    const against = other.criteria.get(criterion)
    if (against !== undefined && (against !== value || value === '?')) return false
  }
  if (one.isDrop && other.isDrop) return false
  // All but a few: the wide one drops, the narrow one keeps.
  if (one.isDrop) return !covers(first, second)
  if (other.isDrop) return !covers(second, first)
  return one.name === other.name
}

/** Whether a name exists that both patterns fit: `*` is any text, `?` any character. */
export function canMeet(one: string, other: string): boolean {
  const known = new Map<string, boolean>()
  const meet = (a: number, b: number): boolean => {
    const key = `${a} ${b}`
    let answer = known.get(key)
    if (answer === undefined) {
      const [x, y] = [one[a], other[b]]
      if (x === '*') answer = meet(a + 1, b) || (y !== undefined && meet(a, b + 1))
      else if (y === '*') answer = meet(a, b + 1) || (x !== undefined && meet(a + 1, b))
      else if (x === undefined || y === undefined) answer = x === y
      else answer = (x === '?' || y === '?' || x.toLowerCase() === y.toLowerCase()) && meet(a + 1, b + 1)
      known.set(key, answer)
    }
    return answer
  }
  return meet(0, 0)
}

/** Whether the first fits whatever the second does: its `*` takes the place of anything. */
function covers(wide: string, narrow: string): boolean {
  if (wide === narrow) return false
  const pattern = wide
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${pattern}$`, 'i').test(narrow)
}
