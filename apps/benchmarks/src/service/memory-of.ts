import { readFileSync } from 'node:fs'

export interface Memory {
  /** The sum of what each process has in memory (RSS): what several share counts for each of them. */
  residentBytes: number
  /** The same, but of what processes share each has its part only (PSS): Node's own pages, above all. */
  proportionalBytes: number
}

/** What a process and all its descendants have in memory, threads included. */
export function memoryOf(pid: number): Memory {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1]) * 1024
  const own = { residentBytes: bytes('Rss'), proportionalBytes: bytes('Pss') }
  return childrenOf(pid).map(memoryOf).reduce(add, own)
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim()
  return text === '' ? [] : text.split(' ').map(Number)
}

function add(one: Memory, other: Memory): Memory {
  return {
    residentBytes: one.residentBytes + other.residentBytes,
    proportionalBytes: one.proportionalBytes + other.proportionalBytes,
  }
}
