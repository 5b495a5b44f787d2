import { satisfies } from 'semver'
import type { Finding } from '../finding.ts'
import { type Copy, pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

/** A library deeper down is another library's matter: `undici` of a cloud's client, say. */
const MAX_DEPTH = 2

export function libraryRanges(service: Service, { set }: Context): readonly Finding[] {
  const copies = (service.packages?.copies ?? []).filter(({ path, name }) => {
    return path.length <= (name === 'undici' ? 1 : MAX_DEPTH) && !path[0]!.name.startsWith('@tutti/')
  })
  const isOutside = ({ name, version }: Copy) => {
    const range = set.libraries[name]
    return range !== undefined && !satisfies(version, range, { includePrerelease: true })
  }
  // Of a library and what it brings only the library is said.
  return copies
    .filter(copy => isOutside(copy) && !copy.path.slice(0, -1).some(isOutside))
    .map(copy => {
      const place = { file: service.manifest.file, line: lineOfDependency(service, copy.path[0]!.name) }
      const what = `${pathText(copy)} is outside of ${set.libraries[copy.name]}, which is supported`
      return report('TUTTI107', place, what)
    })
}
