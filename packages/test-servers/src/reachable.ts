import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'

/** Whether every account may pass through all folders above a path. */
export function isReachableByOthers(path: string): boolean {
  const folder = dirname(path)
  if (folder === path) return true
  return (statSync(folder).mode & 0o001) !== 0 && isReachableByOthers(folder)
}

/** The temporary folder, or /tmp if PostgreSQL's own account could not reach into it. */
export function reachableTemporaryFolder(): string {
  const folder = tmpdir()
  return process.getuid?.() !== 0 || isReachableByOthers(`${folder}/x`) ? folder : '/tmp'
}
