import { type Code, RULES } from '../codes.ts'
import type { Finding } from '../finding.ts'
import { finalLaunch } from '../launches/final-launch.ts'
import { hasPreload } from '../launches/has-preload.ts'
import type { Launch, LaunchKind } from '../launches/launch.ts'
import { namesPreload, readNodeOptions } from '../launches/node-command.ts'
import type { Service } from '../service.ts'
import { lineThat } from '../source/sources.ts'
import { oneALine } from './one-a-line.ts'
import { report } from './report.ts'

/** Each way of starting the service that gives Node no preload; not twice where one runs the other. */
export function preloadMissing(service: Service): readonly Finding[] {
  const imported = importsOf(service)
  if (imported.length > 0) return imported
  const { launches } = service
  const isInImage = launches.some(hasOptionsInImage)
  const isMissing = (launch: Launch) =>
    hasPreload(launch, service) === false && !isExempt(launch) && !(isInImage && RUNS_IMAGE.has(launch.kind))
  const deployed = launches.filter(({ kind, command }) => kind !== 'script' && command !== undefined)
  // Then the script is for a developer's own machine, or is run by one of those.
  const isDeployed = deployed.length > 0 && !deployed.some(isMissing)
  const findings = launches
    .filter(launch => isMissing(launch) && !(launch.kind === 'script' && isDeployed))
    .map(launch => describe(finalLaunch(launch, service) ?? launch))
  return oneALine(findings)
}

const RUNS_IMAGE: ReadonlySet<LaunchKind> = new Set(['dockerfile', 'kubernetes', 'compose', 'ecs'])

/** They hold for whoever changes the image's command. */
function hasOptionsInImage({ kind, environment: { settings } }: Launch): boolean {
  return kind === 'dockerfile' && namesPreload(readNodeOptions(settings.get('NODE_OPTIONS')?.value))
}

/** The sidecar reads what others record; and some are told to record nothing. */
function isExempt({ command, environment: { settings } }: Launch): boolean {
  if (settings.get('OTEL_SDK_DISABLED')?.value === 'true') return true
  return /(?:^|\/)(?:tutti|cli\/dist\/main\.mjs)$/.test(command?.entry ?? '')
}

const CODES: Readonly<Record<LaunchKind, Code>> = {
  script: 'TUTTI201',
  dockerfile: 'TUTTI202',
  kubernetes: 'TUTTI203',
  compose: 'TUTTI204',
  ecs: 'TUTTI205',
  pm2: 'TUTTI206',
  procfile: 'TUTTI207',
}

const WHAT: Readonly<Record<LaunchKind, (label: string) => string>> = {
  script: label => `the script ${JSON.stringify(label)}`,
  dockerfile: () => 'the image',
  kubernetes: label => `the container ${label}`,
  compose: label => `the service ${label}`,
  ecs: label => `the container ${label}`,
  pm2: label => `the app ${label}`,
  procfile: label => `the process ${label}`,
}

function describe(launch: Launch): Finding {
  const { kind, label, command, addPreload } = launch
  const starts =
    command?.runner === 'tool' ? `starts ${command.program}` : `starts ${command?.entry ?? 'Node'}`
  const byOptions = "Set NODE_OPTIONS='--require @tutti/preload' for it."
  const mend = command?.runner === 'tool' ? byOptions : mendFor(CODES[kind], command?.entry)
  return report(
    CODES[kind],
    launch,
    `${WHAT[kind](label)} ${starts} without @tutti/preload`,
    mend,
    addPreload,
  )
}

/** The rule's example, with the service's own file in it. */
function mendFor(code: Code, entry: string | undefined): string {
  const { mend } = RULES[code]
  return entry === undefined ? mend : mend.replace('server.js', () => entry)
}

/** Where nobody gives it to Node, an import of the app's is what does; or is meant to. */
function importsOf(service: Service): Finding[] {
  if (service.launches.some(launch => hasPreload(launch, service) === true)) return []
  return service.sources.flatMap(source => {
    const line = lineThat(source, /^[ \t]*(?:import\s*|require\s*\(\s*)['"]@tutti\/preload['"]/m)
    if (line === undefined) return []
    return [
      report(
        'TUTTI212',
        { file: source.file, line },
        'the app imports @tutti/preload, and node is not given it',
      ),
    ]
  })
}
