import type { Service } from '../service.ts'
import type { Launch } from './launch.ts'
import { type Preloaded, readNodeOptions } from './node-command.ts'
import { launchOf } from './scripts.ts'

/** A script may run another one; more than so many are a circle. */
const MAX_DEPTH = 5

/** The launch, or the script of package.json that it runs; undefined where that can't be known. */
export function finalLaunch(
  launch: Launch,
  service: Pick<Service, 'manifest' | 'launches'>,
  depth: number = 0,
): Launch | undefined {
  const { command } = launch
  if (command === undefined) return undefined
  const { manifest, launches } = service
  if (command.runner === 'pm2')
    return launches.find(({ kind, command: other }) => kind === 'pm2' && other !== undefined) ?? launch
  if (command.runner !== 'script') return launch
  const script =
    depth < MAX_DEPTH && command.script !== undefined ? launchOf(manifest, command.script) : undefined
  return script === undefined ? undefined : finalLaunch(script, service, depth + 1)
}

/** What Node loads before the app: by the launch's NODE_OPTIONS, and by the line that it runs in the end. */
export function preloadedBy(launch: Launch, last: Launch): Preloaded[] {
  const options = readNodeOptions(launch.environment.settings.get('NODE_OPTIONS')?.value)
  return [...options, ...(last.command?.preloaded ?? [])]
}
