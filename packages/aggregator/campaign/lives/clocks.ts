import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { findDebianTool } from '@tutti/test-servers'
import type { Random } from '../random.ts'

const LIBRARY = 'faketime/libfaketime.so.1'
const FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']

/** The library that gives a process a system clock of its own, or why there is none. */
export async function findFakeClock(): Promise<{ library: string } | { unavailable: string }> {
  if ((await findDebianTool('faketime', 'faketime')) === undefined)
    return { unavailable: "Debian's package faketime is not here and can't be installed" }
  const library = FOLDERS.map(folder => `${folder}/${LIBRARY}`).find(path => existsSync(path))
  return library === undefined ? { unavailable: `${LIBRARY} is not where Debian has it` } : { library }
}

/** A process that reads the clock finds in this file by how much it is wrong, and may find another figure a moment later. */
export function setClock(path: string, random: Random): void {
  const seconds = Math.round((random.next() - 0.5) * 2 * random.pick([2, 600, 86_400, 2 * 365 * 86_400]))
  writeFileSync(path, `${seconds < 0 ? '' : '+'}${seconds}s\n`)
}

/** The monotonic clock and the files' times stay right, as they do when somebody sets a system's clock. */
export function withClock(library: string, path: string): Record<string, string> {
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: path,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    FAKETIME_CACHE_DURATION: '1',
    NO_FAKE_STAT: '1',
  }
}

/** The library leaves two files for each process that is killed. */
export function forgetClock(pid: number | undefined): void {
  for (const name of ['faketime_shm', 'sem.faketime_sem']) rmSync(`/dev/shm/${name}_${pid}`, { force: true })
}
