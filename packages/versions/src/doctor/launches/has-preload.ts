import type { Service } from '../service.ts'
import { finalLaunch } from './final-launch.ts'
import type { Launch } from './launch.ts'
import { namesPreload, readNodeOptions } from './node-command.ts'

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
