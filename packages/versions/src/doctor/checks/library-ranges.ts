import { satisfies } from 'semver'
import type { Finding } from '../finding.ts'
import { pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

/** A library deeper down is another library's matter: `undici` of a cloud's client, say. */
const MAX_DEPTH = 2

export function libraryRanges(service: Service, { set }: Context): readonly Finding[] {
  const copies = (service.packages?.copies ?? []).filter(({ path, name }) => {
    return path.length <= (name === 'undici' ? 1 : MAX_DEPTH) && !path[0]!.name.startsWith('@tutti/')
  })
  return copies.flatMap(copy => {
    const range = set.libraries[copy.name]
    if (range === undefined || satisfies(copy.version, range, { includePrerelease: true })) return []
    const place = { file: service.manifest.file, line: lineOfDependency(service, copy.path[0]!.name) }
    return [report('TUTTI107', place, `${pathText(copy)} is outside of ${range}, which is supported`)]
  })
}
