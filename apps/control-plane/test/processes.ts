import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Whether a process with this pid exists and is not just waiting to be buried. */
export function alive(pid: number): boolean {
  return table().some(row => row.pid === pid)
}

/** The pids of everything that a process has started, directly or not. */
export function descendants(pid: number): number[] {
  const rows = table()
  const children = (parent: number): number[] =>
    rows.filter(row => row.parent === parent).flatMap(row => [row.pid, ...children(row.pid)])
  return children(pid)
}

interface Row {
  pid: number
  parent: number
}

function table(): Row[] {
  return process.platform === 'linux' ? linuxTable() : otherTable()
}

// Small Linux images have no ps.
function linuxTable(): Row[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent) }]
      } catch {
        // It has ended since the folder was read.
        return []
      }
    })
}

function otherTable(): Row[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,state='], { encoding: 'utf8' })
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([pid, , state]) => pid && !state?.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))
}
