import type { Edit, Finding } from '../finding.ts'
import { pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

/** Only where somebody chose a set: by --set, or in package.json. */
export function setDrift(service: Service, { set, isSetChosen }: Context): readonly Finding[] {
  if (!isSetChosen) return []
  const { packages, manifest } = service
  return (packages?.copies ?? []).flatMap(copy => {
    const pinned = set.packages[copy.name]
    if (pinned === undefined || pinned === copy.version) return []
    const place = { file: manifest.file, line: lineOfDependency(service, copy.path[0]!.name) }
    const what = `${pathText(copy)} is not ${pinned}, which the set ${set.name} has`
    const isDirect = copy.path.length === 1
    const mend = isDirect
      ? `Pin ${copy.name} ${pinned}, then install.`
      : `Override ${copy.name} with ${pinned}, then install.`
    return [report('TUTTI108', place, what, mend, isDirect ? pin(service, copy.name, pinned) : undefined)]
  })
}

function pin({ manifest }: Service, name: string, version: string): Edit[] {
  return ['dependencies', 'optionalDependencies'].flatMap(kind => {
    const node = manifest.nodeAt(kind, name)
    if (node === undefined) return []
    return [{ file: manifest.file, offset: node.offset, length: node.length, text: JSON.stringify(version) }]
  })
}
