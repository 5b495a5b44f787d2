import type { Service } from '../service.ts'
import type { Launch } from './launch.ts'
import { namesPreload, readNodeOptions } from './node-command.ts'
import { launchOf } from './scripts.ts'

/** The launch, or the script of package.json that it runs; undefined where that can't be known. */
export function finalLaunch(
  launch: Launch,
  { manifest, launches }: Service,
  depth: number = 0,
): Launch | undefined {
  const { command } = launch
  if (command === undefined) return undefined
  if (command.runner === 'pm2')
    return launches.find(({ kind, command: other }) => kind === 'pm2' && other !== undefined) ?? launch
  if (command.runner !== 'script') return launch
  const script = depth < 5 && command.script !== undefined ? launchOf(manifest, command.script) : undefined
  return script === undefined ? undefined : finalLaunch(script, { manifest, launches } as Service, depth + 1)
}

/** Whether Node gets the preload; undefined where that is only known when it runs. */
export function hasPreload(launch: Launch, service: Service): boolean | undefined {
  const setting = launch.environment.settings.get('NODE_OPTIONS')
  if (setting !== undefined && setting.value === undefined) return undefined
  if (namesPreload(readNodeOptions(setting?.value))) return true
  const last = finalLaunch(launch, service)
  if (last === undefined) return undefined
  if (last.command !== undefined && namesPreload(last.command.preloaded)) return true
  return last === launch ? false : hasPreload(last, service)
}
