import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'
import { step } from './progress.mjs'
import { root } from './root.mjs'
import { runQuietly } from './run-quietly.mjs'

/** Installs the dependencies unless they are there exactly as the lock file says. */
export async function installIfNeeded() {
  if (env.TUTTI_INSTALL === 'never' || isInstalled(root)) return
  await step('Installing dependencies (npm ci)', () =>
    runQuietly('npm', installArguments, { cwd: root, env: environmentOfNpm() }),
  )
}

export const installArguments = [
  'ci',
  // Also where NODE_ENV=production says that they are not wanted: nothing here builds or starts without them.
  '--include=dev',
  // On Node 20 npm warns about each development tool that wants a newer Node, and they get one.
  '--loglevel=error',
  ...['--no-audit', '--no-fund'],
]

/** Whether node_modules holds what package-lock.json asks for. */
export function isInstalled(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'))
  // npm writes this one when it has finished, so an installation that was cut off does not count.
  const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, entry]) => path === '' || isPresent(entry, present[path]))
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

// Optional packages are those of other platforms.
function isPresent(wanted, present) {
  if (!present) return wanted.optional === true
  return wanted.version === present.version && wanted.integrity === present.integrity
}

// npm must not run on the Node that it is about to replace.
function environmentOfNpm() {
  const folders = (env.PATH ?? '').split(delimiter)
  const PATH = folders.filter(folder => !folder.startsWith(join(root, 'node_modules'))).join(delimiter)
  return { ...env, PATH }
}
