import type { Edit, Finding } from '../finding.ts'
import { pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import { groupBy } from '../source/group-by.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

/** Only where somebody chose a set: by --set, or in package.json. One finding for each direct dependency. */
export function setDrift(service: Service, { set, isSetChosen }: Context): readonly Finding[] {
  if (!isSetChosen) return []
  const drifted = (service.packages?.copies ?? []).filter(({ name, version }) => {
    return set.packages[name] !== undefined && set.packages[name] !== version
  })
  return [...groupBy(drifted, ({ path }) => path[0]!.name)].map(([name, [first, ...others]]) => {
    const { manifest } = service
    const place = { file: manifest.file, line: lineOfDependency(service, name) }
    const pinned = set.packages[first!.name]!
    const more = others.length === 0 ? '' : `; nor are ${others.length} more packages that it brings`
    const what = `${pathText(first!)} is not ${pinned}, which the set ${set.name} has${more}`
    const isDirect = first!.path.length === 1
    const mend = `Pin ${isDirect ? `${name} ${pinned}` : 'it'}, or all that the set has; then install.`
    return report('TUTTI108', place, what, mend, isDirect ? pin(service, name, pinned) : undefined)
  })
}

function pin({ manifest }: Service, name: string, version: string): Edit[] {
  return ['dependencies', 'optionalDependencies'].flatMap(kind => {
    const node = manifest.nodeAt(kind, name)
    if (node === undefined) return []
    return [{ file: manifest.file, offset: node.offset, length: node.length, text: JSON.stringify(version) }]
  })
}
