import { readExporters } from '@tutti/preload/knowledge'
import type { Finding } from '../finding.ts'
import { hasPreload } from '../launches/has-preload.ts'
import { type Launch, PAGE_PORT } from '../launches/launch.ts'
import type { Service } from '../service.ts'
import { groupBy } from '../source/group-by.ts'
import { report } from './report.ts'

/** Launches that share a network: apps of one PM2, containers of one pod or task, processes of one Procfile's machine. */
export function portTwice(service: Service): readonly Finding[] {
  const serving = service.launches.filter(
    launch => launch.network !== undefined && hasPreload(launch, service) === true,
  )
  return [...groupBy(serving, ({ network }) => network)].flatMap(([, launches]) => {
    return launches.flatMap((launch, at) => {
      const port = pagePort(launch)
      const before = launches
        .slice(0, at)
        .find(other => port !== undefined && pagePort(other) === port && !isOne(other, launch))
      if (before === undefined) return []
      const what = `${before.label} and ${launch.label} both have their page on port ${port}`
      return [report('TUTTI305', launch.environment.settings.get(PAGE_PORT) ?? launch, what)]
    })
  })
}

/** Undefined where it serves none, or any port that is free, or nobody knows. */
function pagePort({ environment: { settings, isComplete }, kind }: Launch): number | undefined {
  const exporter = settings.get('OTEL_METRICS_EXPORTER')
  if (
    exporter !== undefined &&
    !readExporters({ OTEL_METRICS_EXPORTER: exporter.value ?? 'none' }, () => {}).prometheus
  )
    return undefined
  const port = settings.get(PAGE_PORT)
  if (port === undefined) return isComplete || kind === 'pm2' ? 9464 : undefined
  return Number(port.value) || undefined
}

/** Of one service, and so of one directory, only one process serves. */
function isOne(one: Launch, other: Launch): boolean {
  const [a, b] = [one, other].map(({ environment }) => environment.settings.get('TUTTI_DIR')?.value)
  return (a !== undefined && a === b) || (one.kind === 'pm2' && one.label === other.label)
}
