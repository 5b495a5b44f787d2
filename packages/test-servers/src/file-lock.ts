import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

const RETRY_MS = 100

/**
 * Runs something that only one process of this machine may do at a time. The lock is a file that holds its owner's
 * pid; that of a process which is no more is taken over. Rejects when the lock was not free in time.
 */
export async function withFileLock<T>(file: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + timeoutMs
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true })
    else if (performance.now() > deadline) throw new Error(`${file} was held for longer than ${timeoutMs} ms`)
    else await setTimeout(RETRY_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isAbandoned(file: string): boolean {
  try {
    // Empty for the moment between making the file and writing to it.
    const pid = Number(readFileSync(file, 'utf8') || process.pid)
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
