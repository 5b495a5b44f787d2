import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** CPU time that these processes took so far, as the kernel counts it: in hundredths of a second. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticks(pid), 0) / ticksPerSecond()
}

/** Fields 14 and 15 of `stat`, counted from behind the program's name, which may hold spaces. */
function ticks(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

let known: number | undefined

function ticksPerSecond(): number {
  known ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return known
}
