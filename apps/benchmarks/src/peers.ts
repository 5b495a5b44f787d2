import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Ours first: every ratio is "that peer's time divided by the first one's". */
export const peers = ['tutti', 'opentelemetry', 'prom-client', 'prometheus-io'] as const
export type Peer = (typeof peers)[number]

export const packageNames: Record<Peer, string> = {
  tutti: '@tutti/aggregator',
  opentelemetry: '@opentelemetry/sdk-metrics',
  'prom-client': 'prom-client',
  'prometheus-io': '@prometheus-io/client',
}

/** The installed version, read from the package's own package.json: some packages do not export that file. */
export function versionOf(packageName: string): string {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(packageName) ?? []) {
    const file = join(folder, packageName, 'package.json')
    try {
      return JSON.parse(readFileSync(file, 'utf8')).version
    } catch {}
  }
  throw new Error(`${packageName} is not installed: run npm install`)
}
