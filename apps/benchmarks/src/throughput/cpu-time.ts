import { readdirSync, readFileSync } from 'node:fs'

/** CPU time that these processes took so far, in seconds: of all their threads, to the nanosecond. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + threadNanoseconds(pid), 0) / 1e9
}

/** `stat` would count in hundredths of a second, which is several percent of a turn. */
function threadNanoseconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + nanoseconds(`/proc/${pid}/task/${thread}/schedstat`), 0)
}

function nanoseconds(file: string): number {
  return Number(readFileSync(file, 'latin1').split(' ')[0])
}
