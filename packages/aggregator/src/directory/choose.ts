import { accessSync, constants, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { libcIfThere } from '../segment/libc.ts'
import { EXPOSER_LOCK, workerOf } from './files.ts'
import { randomBytes } from './random.ts'
import { isRunning } from './run.ts'
import { secureDirectory } from './secure.ts'

export interface ChosenDirectory {
  /** Absolute path of the directory. It may not exist yet. */
  readonly directory: string
  /** True when a parent process, or whoever deployed us, named it; false when this process is the first. */
  readonly inherited: boolean
}

const VARIABLE = 'TUTTI_DIR'
const INHERITED = 'TUTTI_INHERITED'

/**
 * The directory of this service instance: `TUTTI_DIR`, else a new one on memory. The first process names it in
 * the environment, so its children find it there: `TUTTI_INHERITED` tells them that they are not the first.
 *
 * PM2 starts every instance from its own daemon, with no parent among them: they agree on one by app name.
 */
export function chooseDirectory(
  options: { env?: NodeJS.ProcessEnv; serviceName?: string } = {},
): ChosenDirectory {
  const env = options.env ?? process.env
  const named = env[VARIABLE]?.trim()
  const inherited = env[INHERITED] === '1'
  env[INHERITED] = '1'
  if (named) return { directory: named, inherited }

  const parent = defaultParent()
  const directory = join(parent, instanceName(env, options.serviceName))
  try {
    secureDirectory(parent)
    removeAbandoned(parent)
  } catch {
    // An unusable parent is said once, by whoever joins the directory.
  }
  env[VARIABLE] = directory
  return { directory, inherited }
}

/** Where the directories of this user's services are, unless `TUTTI_DIR` names another place. */
export function defaultParent(): string {
  return join(memoryRoot(), `tutti-${process.getuid?.() ?? 'user'}`)
}

function instanceName(env: NodeJS.ProcessEnv, serviceName = 'service'): string {
  const pm2Name = env.pm_id === undefined ? undefined : env.name
  if (pm2Name !== undefined) return `pm2-${plain(pm2Name)}`
  return `${plain(serviceName)}-${process.pid}-${randomBytes(4).toString('hex')}`
}

function plain(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '_').slice(0, 64)
}

const TMPFS_MAGIC = 0x01021994

/** `/dev/shm` where it is a usable tmpfs: write-back of a mapped file on a disk can stall a store. */
function memoryRoot(): string {
  try {
    if (statfsSync('/dev/shm').type !== TMPFS_MAGIC) return tmpdir()
    accessSync('/dev/shm', constants.W_OK | constants.X_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}

const MAX_SIBLINGS = 1_000

/** Removes the directories of runs that have ended: those in which nobody writes, and nobody exposes a page. */
function removeAbandoned(parent: string): void {
  const libc = libcIfThere()
  if (libc === undefined) return
  for (const name of readdirSync(parent).slice(0, MAX_SIBLINGS)) {
    const sibling = join(parent, name)
    try {
      // An empty directory may be one that is just being made.
      const isClaimed = readdirSync(sibling).some(
        each => each === EXPOSER_LOCK || workerOf(each) !== undefined,
      )
      if (!isClaimed || isRunning(sibling, libc, Date.now())) continue
      rmSync(sibling, { recursive: true, force: true })
    } catch {
      // Gone, or not ours to read: somebody else's to remove.
    }
  }
}
