import type { Finding } from '../finding.ts'
import { finalLaunch } from '../launches/final-launch.ts'
import type { Launch } from '../launches/launch.ts'
import type { Service } from '../service.ts'
import { isBroken } from '../service.ts'
import { report } from './report.ts'

export function serviceName(service: Service): readonly Finding[] {
  const { manifest, launches } = service
  if (isBroken(service) || launches.length === 0 || manifest.value.workspaces !== undefined) return []
  if (typeof manifest.value.name === 'string' && manifest.value.name !== '') return []
  const unnamed = launches.find(launch => isUnnamed(launch, service))
  if (unnamed === undefined) return []
  const place = { file: manifest.file, line: 1 }
  return [
    report('TUTTI301', place, `package.json has no name, and ${unnamed.label} sets no OTEL_SERVICE_NAME`),
  ]
}

function isUnnamed(launch: Launch, service: Service): boolean {
  // PM2's name for an app is the service's.
  if (launch.kind === 'pm2' || launch.command === undefined) return false
  const last = finalLaunch(launch, service)
  return [launch, last].every(each => {
    const settings = each?.environment.settings
    const attributes = settings?.get('OTEL_RESOURCE_ATTRIBUTES')
    const hasAttribute = attributes !== undefined && (attributes.value?.includes('service.name=') ?? true)
    return settings?.has('OTEL_SERVICE_NAME') !== true && !hasAttribute
  })
}
