import { type NodeMajor, nodeVersions } from '@tutti/test-servers'
import { type Framework, frameworks } from './frameworks.ts'

const kinds = ['CommonJS', 'ES module'] as const
const modes = ['single', 'cluster'] as const

export interface Case {
  framework: Framework
  node: NodeMajor
  kind: (typeof kinds)[number]
  mode: (typeof modes)[number]
}

const nodes = Object.keys(nodeVersions).map(Number) as NodeMajor[]

/** All of them, less those whose framework does not support that Node. */
export const allCases: readonly Case[] = frameworks.flatMap(framework =>
  nodes
    .filter(node => node >= (framework.needsNode ?? 0))
    .flatMap(node => kinds.flatMap(kind => modes.map(mode => ({ framework, node, kind, mode })))),
)

/**
 * So few that every test run can afford them, in which any two properties still meet, and as many sets of three as
 * can: most failures need no more.
 */
export function pairwise(cases: readonly Case[]): Case[] {
  const missing = new Set(cases.flatMap(pairsOf))
  const missingTriples = new Set(cases.flatMap(triplesOf))
  const gain = (each: Case): number =>
    pairsOf(each).filter(pair => missing.has(pair)).length +
    triplesOf(each).filter(triple => missingTriples.has(triple)).length / 10
  const chosen: Case[] = []
  while (missing.size > 0) {
    const best = cases.reduce((a, b) => (gain(b) > gain(a) ? b : a))
    for (const pair of pairsOf(best)) missing.delete(pair)
    for (const triple of triplesOf(best)) missingTriples.delete(triple)
    chosen.push(best)
  }
  return chosen
}

export function pairsOf(each: Case): string[] {
  const properties = propertiesOf(each)
  return properties.flatMap((a, index) => properties.slice(index + 1).map(b => `${a}, ${b}`))
}

/** Four properties have four sets of three: each leaves one out. */
function triplesOf(each: Case): string[] {
  const properties = propertiesOf(each)
  return properties.map(left => properties.filter(property => property !== left).join(', '))
}

function propertiesOf({ framework, node, kind, mode }: Case): string[] {
  return [framework.name, `Node ${node}`, kind, mode]
}
