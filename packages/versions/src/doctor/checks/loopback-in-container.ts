import { readExporters } from '@tutti/preload/knowledge'
import type { Finding } from '../finding.ts'
import { finalLaunch } from '../launches/final-launch.ts'
import { hasPreload } from '../launches/has-preload.ts'
import { isContainer, type Launch, mergeEnvironments, PAGE_HOST, PAGE_PORT } from '../launches/launch.ts'
import type { Service } from '../service.ts'
import { report } from './report.ts'

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/

/**
 * A container lets the page's port out, and the page is where nobody can come. A manifest's container gets what its
 * image sets, where there is one image here.
 */
export function loopbackInContainer(service: Service): readonly Finding[] {
  const images = service.launches.filter(({ kind }) => kind === 'dockerfile')
  const image = images.length === 1 ? images[0] : undefined
  const manifests = service.launches.filter(({ kind }) => isContainer({ kind }) && kind !== 'dockerfile')
  return service.launches.filter(isContainer).flatMap(launch => {
    // What a manifest sets for it is not known to a Dockerfile.
    if (launch.kind === 'dockerfile' && manifests.length > 0) return []
    const finding = examine(launch, launch === image ? undefined : image, service)
    return finding === undefined ? [] : [finding]
  })
}

function examine(launch: Launch, image: Launch | undefined, service: Service): Finding | undefined {
  const has =
    hasPreload(launch, service) ??
    (image !== undefined && hasPreload(image, service) === true && isOwn(launch))
  if (!has) return undefined
  const script = finalLaunch(launch, service)
  const parts = [image?.environment, script?.environment, launch.environment].filter(
    each => each !== undefined,
  )
  const { settings } = mergeEnvironments(...parts)
  const isWhole = launch.kind === 'dockerfile' || launch.environment.isComplete
  const host = settings.get(PAGE_HOST)
  const isLoopback = host === undefined ? isWhole : LOOPBACK.test(host.value?.trim() ?? '')
  if (!isLoopback || !servesPage(settings.get('OTEL_METRICS_EXPORTER'))) return undefined
  const number = Number(settings.get(PAGE_PORT)?.value ?? 9464)
  const port = launch.ports.find(each => each.number === number)
  // Set on purpose, it may be for a collector beside it; then no port is let out.
  if (port === undefined) return undefined
  const said =
    host === undefined
      ? `${PAGE_HOST} is not set, so the page is on 127.0.0.1`
      : `${PAGE_HOST} is ${host.value}`
  return report('TUTTI303', host ?? port, `${launch.label} lets port ${number} out, and ${said}`)
}

/** Other containers of a manifest are no business of this image's. */
function isOwn({ command, environment: { settings } }: Launch): boolean {
  return command !== undefined || [...settings.keys()].some(name => /^(?:TUTTI|OTEL)_/.test(name))
}

function servesPage(setting: { readonly value: string | undefined } | undefined): boolean {
  if (setting === undefined) return true
  return (
    setting.value !== undefined &&
    readExporters({ OTEL_METRICS_EXPORTER: setting.value }, () => {}).prometheus
  )
}
