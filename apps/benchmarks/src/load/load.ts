import { findDebianTool } from '@tutti/test-servers'
import { nodeLoad } from './node-load.ts'
import { wrkLoad } from './wrk-load.ts'

export interface Load {
  requests: number
  seconds: number
}

export interface LoadOptions {
  url: string
  seconds: number
  connections: number
  /** What every request says beside its host. */
  headers: Readonly<Record<string, string>>
  /** The core that requests come from, which must not be the server's. */
  core: number | undefined
}

export interface LoadGenerator {
  name: string
  run(options: LoadOptions): Promise<Load>
}

/** wrk, from Debian where it is missing and may be installed; else a generator of ours, which is slower. */
export async function findLoadGenerator(node: string): Promise<LoadGenerator> {
  const wrk = await findDebianTool('wrk', 'wrk')
  if (wrk !== undefined) return { name: 'wrk', run: options => wrkLoad(wrk, options) }
  return { name: 'a load generator in Node', run: options => nodeLoad(node, options) }
}
