import { type Dirent, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { libcIfThere } from '../segment/libc.ts'
import { isWriterAlive } from './alive.ts'
import { defaultParent } from './choose.ts'
import { EXPOSER_LOCK, workerOf } from './files.ts'
import { isPathLocked } from './lock.ts'

/** A directory in which somebody writes. */
export interface RunningDirectory {
  readonly directory: string
  /** The service's name, as far as a directory's name can hold it. */
  readonly name: string
  readonly writerCount: number
}

/** The directories of this user's running services, in the place where they are by default; by name. */
export function runningDirectories(parent: string = defaultParent()): RunningDirectory[] {
  return entriesOf(parent)
    .filter(entry => entry.isDirectory())
    .map(({ name }) => {
      const directory = join(parent, name)
      return { directory, name: serviceNameOf(directory), writerCount: livingWriterCount(directory) }
    })
    .filter(({ writerCount }) => writerCount > 0)
    .sort((a, b) => (a.directory < b.directory ? -1 : 1))
}

/** How many threads write in a directory; 0 when it can't be read. */
export function livingWriterCount(directory: string): number {
  const libc = libcIfThere()
  const nowMs = Date.now()
  return entriesOf(directory).filter(
    ({ name }) => workerOf(name) !== undefined && isWriterAlive(join(directory, name), libc, nowMs),
  ).length
}

/** Whether somebody holds a lock of the directory; undefined where there are no locks. */
export function isHeld(directory: string, name: string = EXPOSER_LOCK): boolean | undefined {
  const libc = libcIfThere()
  return libc && isPathLocked(libc, join(directory, name))
}

/** See `instanceName` in choose.ts. */
function serviceNameOf(directory: string): string {
  return basename(directory)
    .replace(/-\d+-[0-9a-f]{8}$/, '')
    .replace(/^pm2-/, '')
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
}
