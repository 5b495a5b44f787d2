import { satisfies, validRange } from 'semver'
import type { Finding } from '../finding.ts'
import { type Copy, pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import { groupBy } from '../source/group-by.ts'
import { report } from './report.ts'

const OURS = /^@(?:opentelemetry|tutti)\//

/** Peers of OpenTelemetry's packages and ours, and those of others that are such packages. */
export function peers(service: Service): readonly Finding[] {
  const { packages, manifest } = service
  const unmet = (packages?.copies ?? []).flatMap(copy =>
    Object.entries(copy.manifest.peerDependencies ?? {})
      .filter(([name]) => OURS.test(name) || OURS.test(copy.name))
      .flatMap(([name, range]) => {
        const what = describe(copy, name, range, packages?.resolve(copy, name))
        return what === undefined ? [] : [{ what, name, range, by: copy.path[0]!.name }]
      }),
  )
  // What one dependency brings mostly wants the same.
  return [...groupBy(unmet, ({ by, name }) => `${by} ${name}`).values()].map(([first, ...others]) => {
    const { what, name, range, by } = first!
    const more = others.length === 0 ? '' : `, as do ${others.length} more that it brings`
    const place = { file: manifest.file, line: lineOfDependency(service, by) }
    return report(
      'TUTTI106',
      place,
      what + more,
      `npm install "${name}@${range}", or a version of ${by} that fits.`,
    )
  })
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
