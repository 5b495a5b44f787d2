import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pinTo } from '../processes/pin.ts'
import type { Load, LoadOptions } from './load.ts'

export async function wrkLoad(
  wrk: string,
  { url, seconds, connections, headers, core }: LoadOptions,
): Promise<Load> {
  const [file, ...args] = [
    ...pinTo(core),
    wrk,
    '-t1',
    '--timeout',
    '20s',
    `-c${connections}`,
    `-d${seconds}s`,
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    url,
  ]
  const { stdout } = await promisify(execFile)(file!, args, { timeout: (seconds + 30) * 1_000 })
  return readWrk(stdout)
}

/** Throws unless every request was answered well: a service that answers errors is fast. */
export function readWrk(text: string): Load {
  const bad = /^ *(Non-2xx.*|Socket errors.*)$/m.exec(text)?.[1]
  if (bad !== undefined) throw new Error(`wrk: ${bad}`)
  const [, requests, amount, unit] = /^ *(\d+) requests in ([\d.]+)(s|m),/m.exec(text) ?? []
  if (requests === undefined) throw new Error(`wrk said nothing that can be read:\n${text}`)
  return { requests: Number(requests), seconds: Number(amount) * (unit === 'm' ? 60 : 1) }
}
