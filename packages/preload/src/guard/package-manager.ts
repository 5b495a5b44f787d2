import { realpathSync } from 'node:fs'
import { basename } from 'node:path'

const scripts =
  /^(?:npm|npx|yarn|yarnpkg|pnpm|pnpx|corepack|pm2|pm2-dev|pm2-docker|pm2-runtime)(?:-cli|-[\d.]+)?(?:\.[cm]?js)?$/
/** Our own command line: it looks at services. */
const commandLine = /(?:[\\/]tutti|@tutti[\\/]cli[\\/]dist[\\/]main\.mjs)$/
const pm2Daemon = /[\\/]pm2[\\/]lib[\\/]Daemon\.js$/

/**
 * With NODE_OPTIONS set, npm and its like load the preload too, and so do PM2's command and daemon. They are no
 * service: they start some, as other processes, each of which must be the first of its run.
 */
export function isPackageManager(script: string | undefined): boolean {
  if (script === undefined) return false
  if (commandLine.test(script)) return true
  const real = realPath(script)
  return scripts.test(basename(script)) || scripts.test(basename(real)) || pm2Daemon.test(real)
}

function realPath(script: string): string {
  try {
    return realpathSync(script)
  } catch {
    return script
  }
}
