import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findDebianTool, notRun } from '@tutti/test-servers'

/** Prints a line a family. */
const PROGRAM = `
import sys
sys.path.insert(0, '/usr/lib/python3/dist-packages')
from prometheus_client.openmetrics.parser import text_string_to_metric_families
for family in text_string_to_metric_families(sys.stdin.buffer.read().decode()):
    print(family.name, family.type, len(family.samples))
`

export interface Parsed {
  /** What the parser complains of; empty when it accepts the page. */
  readonly complaint: string
  readonly families: readonly { readonly name: string; readonly type: string; readonly samples: number }[]
}

/** Debian's python3-prometheus-client, the strict reference parser of OpenMetrics. Undefined where it can't be had. */
export async function strictParser(): Promise<((page: Buffer) => Parsed) | undefined> {
  const parser = '/usr/lib/python3/dist-packages/prometheus_client/openmetrics/parser.py'
  if (!existsSync(parser)) await findDebianTool('no-program', 'python3-prometheus-client')
  if (!existsSync(parser)) {
    const why = "Debian's python3-prometheus-client is not here and could not be installed"
    notRun("Python's OpenMetrics parser", why)
    return undefined
  }
  return page => {
    const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', PROGRAM], {
      input: page,
      encoding: 'utf8',
    })
    const lines = stdout.split('\n').filter(line => line !== '')
    const families = lines.map(line => {
      const [name, type, samples] = line.split(' ')
      return { name, type, samples: Number(samples) }
    })
    return { complaint: stderr.trim().split('\n').at(-1) ?? '', families }
  }
}

/** How many samples a page of text has. */
export function countSamples(page: Buffer): number {
  return page
    .toString()
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#')).length
}
