import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import { pinnableCore } from './processes/pin.ts'

export interface Machine {
  cpu: string
  cores: number
  memoryGiB: number
  system: string
  node: string
  /** The core that hot path processes are pinned to; undefined where taskset is missing. */
  pinnedCore: number | undefined
}

export function describeMachine(node: string): Machine {
  const [version, v8] = execFileSync(node, ['-p', 'process.version + " " + process.versions.v8'], {
    encoding: 'utf8',
  })
    .trim()
    .split(' ')
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: `${version} (V8 ${v8})`,
    pinnedCore: pinnableCore(),
  }
}
