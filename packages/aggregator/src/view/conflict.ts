import type { StreamDefinition } from '../segment/stream.ts'
import type { StreamConfiguration } from './streams.ts'

/** What a warning says of two streams of one name: in what they differ, and how to resolve it. */
export function describeConflict(
  { definition: before }: StreamConfiguration,
  { definition: now }: StreamConfiguration,
): string {
  const differences = [
    differs('unit', before.unit, now.unit),
    differs('kind', before.kind, now.kind),
    differs('valueType', valueType(before), valueType(now)),
    differs('aggregation', before.aggregation.type, now.aggregation.type),
  ].filter(each => each !== '')
  const inWhat = differences.length > 0 ? differences.join(', ') : 'options of its views'
  return (
    `instrument ${now.name} of ${now.scope.name} is defined twice, with different ${inWhat}: ` +
    `both are kept apart on the page. ${recipe(before, now)}`
  )
}

/** What a warning says of one stream with two descriptions. */
export function describeDescriptions(
  { scope, name, kind, description: before }: StreamDefinition,
  now: string,
): string {
  const view = JSON.stringify({ instrumentName: name, instrumentType: kind, description: before || now })
  return (
    `instrument ${name} of ${scope.name} is described twice, as ${JSON.stringify(before)} and as ` +
    `${JSON.stringify(now)}: the longer one is used. Give both the same description, or add the view ${view}.`
  )
}

function recipe(before: StreamDefinition, now: StreamDefinition): string {
  const { name, kind, unit } = now
  if (valueType(before) !== valueType(now)) {
    return `Create it with valueType ${valueType(before)}, or under another name.`
  }
  if (before.unit !== unit) return `Create it with the unit "${before.unit}", or under another name.`
  if (before.kind !== kind) {
    const view = { instrumentName: name, instrumentType: kind, name: `${name}.${kind.toLowerCase()}` }
    return `Create it under another name, or add the view ${JSON.stringify(view)}.`
  }
  return 'Give one of the views that select it a name, or let only one of them select it.'
}

function differs(what: string, before: string, now: string): string {
  return before === now ? '' : `${what} ("${before}" and "${now}")`
}

function valueType({ integer }: StreamDefinition): string {
  return integer ? 'INT' : 'DOUBLE'
}
