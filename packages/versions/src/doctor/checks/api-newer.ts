import { canUse } from '@tutti/preload/knowledge'
import type { Finding } from '../finding.ts'
import { pathText } from '../packages/graph.ts'
import { lineOfDependency, type Service } from '../service.ts'
import type { Context } from './check.ts'
import { report } from './report.ts'

const API = '@opentelemetry/api'

export function apiNewer(service: Service, context: Context): readonly Finding[] {
  const registered = registeredApi(service, context)
  if (registered === undefined) return []
  const copies = service.packages?.copies ?? []
  return copies
    .filter(({ name, version }) => name === API && !canUse(version, registered))
    .map(copy => {
      const line = lineOfDependency(service, copy.path[0]!.name)
      const owner = copy.path.length === 1 ? `the service's own ${API} ${copy.version}` : `${pathText(copy)}`
      const what = `${owner} can't use the ${registered} that the preload registers`
      const mend = `Have ${API} ${registered} for all: an override in the package.json at the top.`
      return report('TUTTI105', { file: service.manifest.file, line }, what, mend)
    })
}

/** The version that the preload would register: that of the copy beside it, else that of the set. */
export function registeredApi({ packages }: Service, { set }: Context): string | undefined {
  const preload = packages?.copies.find(({ name }) => name === '@tutti/preload')
  const own = preload === undefined ? undefined : packages?.resolve(preload, API)
  return own?.version ?? set.packages[API]
}
