import { realpathSync } from 'node:fs'
import { basename } from 'node:path'

const scripts = /^(?:npm|npx|yarn|yarnpkg|pnpm|pnpx|corepack)(?:-cli|-[\d.]+)?(?:\.[cm]?js)?$/

/**
 * With NODE_OPTIONS set, npm and its like load the preload too. They are no service: they start one, as
 * another process, which must be the first of its run.
 */
export function isPackageManager(script: string | undefined): boolean {
  if (script === undefined) return false
  return scripts.test(basename(script)) || scripts.test(basename(realPath(script)))
}

function realPath(script: string): string {
  try {
    return realpathSync(script)
  } catch {
    return script
  }
}
