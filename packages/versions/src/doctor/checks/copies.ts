import { canUse } from '@tutti/preload/knowledge'
import type { Finding } from '../finding.ts'
import { type Copy, pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import { groupBy } from '../source/group-by.ts'
import { registeredApi } from './api-newer.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

const API = '@opentelemetry/api'
/** Those that hold something which others look for, or whose classes are compared. */
const SDK =
  /^@opentelemetry\/(?:api-logs|core|resources|sdk-(?:metrics|logs|node|trace|trace-base|trace-node)|instrumentation|exporter-prometheus)$/

export function apiCopies(service: Service, context: Context): readonly Finding[] {
  const copies = copiesOf(service, name => name === API)
  const registered = registeredApi(service, context)
  const usable = copies.filter(({ version }) => registered === undefined || canUse(version, registered))
  if (usable.length < 2 || versionsOf(usable).size < 2) return []
  const what = `${usable.length} copies of ${API}: ${usable.map(described).join('; ')}`
  return [report('TUTTI103', placeOf(service, usable), what, mend([API]))]
}

export function sdkCopies(service: Service): readonly Finding[] {
  const copies = copiesOf(service, name => SDK.test(name))
  const byName = groupBy(copies, ({ name }) => name)
  const several = [...byName].filter(([, each]) => versionsOf(each).size > 1)
  if (several.length === 0) return []
  const what = several.map(([name, each]) => `${name} is there as ${each.map(described).join(' and as ')}`)
  const place = placeOf(
    service,
    several.flatMap(([, each]) => each),
  )
  return [report('TUTTI104', place, what.join('; '), mend(several.map(([name]) => name)))]
}

function copiesOf({ packages }: Service, wanted: (name: string) => boolean): Copy[] {
  return (packages?.copies ?? []).filter(({ name }) => wanted(name))
}

function versionsOf(copies: readonly Copy[]): Set<string> {
  return new Set(copies.map(({ version }) => version))
}

function described(copy: Copy): string {
  return copy.path.length === 1
    ? `${copy.version}, a dependency of its own`
    : `${copy.version} by ${pathText(copy)}`
}

/** The direct dependency that brought the odd one: not the one that the preload, or itself, brought. */
function placeOf(service: Service, copies: readonly Copy[]): { file: string; line: number } {
  const odd = copies.findLast(({ path }) => !path[0]!.name.startsWith('@tutti/')) ?? copies[0]!
  return { file: service.manifest.file, line: lineOfDependency(service, odd.path[0]!.name) }
}

function mend(names: readonly string[]): string {
  return `Have one version for all: overrides (npm), resolutions (yarn) or pnpm.overrides for ${names.join(', ')} in the package.json at the top.`
}
