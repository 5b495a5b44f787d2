import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pinTo } from '../processes/pin.ts'
import type { Load, LoadOptions } from './load.ts'

/** Where there is no wrk: raw connections in a process of its own. */
export async function nodeLoad(
  node: string,
  { url, seconds, connections, headers, core }: LoadOptions,
): Promise<Load> {
  const script = fileURLToPath(new URL('./node-load-process.mjs', import.meta.url))
  const what = [url, String(seconds), String(connections), JSON.stringify(headers)]
  const [file, ...args] = [...pinTo(core), node, script, ...what]
  const { stdout } = await promisify(execFile)(file!, args, { timeout: (seconds + 30) * 1_000 })
  return JSON.parse(stdout)
}
