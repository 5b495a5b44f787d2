import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryDirectory {
  directory: string
  remove(): void
}

/** A private directory on memory where the machine has such a file system, as in production. */
export function makeTemporaryDirectory(): TemporaryDirectory {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const directory = mkdtempSync(join(parent, 'tutti-bench-'))
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
