import { satisfies, validRange } from 'semver'
import type { Finding } from '../finding.ts'
import { type Copy, pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import { report } from './report.ts'

const OURS = /^@(?:opentelemetry|tutti)\//

/** Peers of OpenTelemetry's packages and ours, and those of others that are such packages. */
export function peers(service: Service): readonly Finding[] {
  const { packages, manifest } = service
  if (packages === undefined) return []
  return packages.copies.flatMap(copy =>
    Object.entries(copy.manifest.peerDependencies ?? {})
      .filter(([name]) => OURS.test(name) || OURS.test(copy.name))
      .flatMap(([name, range]) => {
        const what = describe(copy, name, range, packages.resolve(copy, name))
        const place = { file: manifest.file, line: lineOfDependency(service, copy.path[0]!.name) }
        return what === undefined ? [] : [report('TUTTI106', place, what, `npm install "${name}@${range}"`)]
      }),
  )
}

function describe(copy: Copy, name: string, range: string, found: Copy | undefined): string | undefined {
  const wants = `${pathText(copy)} wants ${name} ${range} beside it`
  if (found === undefined) {
    const isOptional = copy.manifest.peerDependenciesMeta?.[name]?.optional === true
    return isOptional ? undefined : `${wants}, and there is none`
  }
  if (validRange(range) === null || satisfies(found.version, range, { includePrerelease: true }))
    return undefined
  return `${wants}, and gets ${found.version}`
}
