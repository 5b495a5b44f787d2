import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

/** The words to put before a command so that it runs on that core only. */
export function pinTo(core: number | undefined): string[] {
  return core === undefined ? [] : ['taskset', '-c', String(core)]
}

/** The last core, because the first one serves most interrupts; undefined where there is one core or no taskset. */
export function pinnableCore(): number | undefined {
  const core = cpus().length - 1
  if (core < 1) return undefined
  const [command, ...args] = [...pinTo(core), 'true']
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0 ? core : undefined
}
