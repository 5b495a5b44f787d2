import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findDebianTool, notRun } from '@tutti/test-servers'

/** Reads a list of pages and prints one of what is in each: its start takes longer than a page. */
const PROGRAM = `
import base64, json, sys
sys.path.insert(0, '/usr/lib/python3/dist-packages')
from prometheus_client.openmetrics.parser import text_string_to_metric_families

def parse(page):
    families = []
    try:
        for family in text_string_to_metric_families(base64.b64decode(page).decode()):
            families.append({'name': family.name, 'type': family.type, 'samples': len(family.samples)})
    except Exception as error:
        return {'complaint': repr(error), 'families': families}
    return {'complaint': '', 'families': families}

json.dump([parse(page) for page in json.load(sys.stdin)], sys.stdout)
`

export interface Parsed {
  /** What the parser complains of; empty when it accepts the page. */
  readonly complaint: string
  readonly families: readonly { readonly name: string; readonly type: string; readonly samples: number }[]
}

/** Debian's python3-prometheus-client, the strict reference parser of OpenMetrics. Undefined where it can't be had. */
export async function strictParser(): Promise<((pages: Buffer[]) => Parsed[]) | undefined> {
  const parser = '/usr/lib/python3/dist-packages/prometheus_client/openmetrics/parser.py'
  if (!existsSync(parser)) await findDebianTool('no-program', 'python3-prometheus-client')
  if (!existsSync(parser)) {
    const why = "Debian's python3-prometheus-client is not here and could not be installed"
    notRun("Python's OpenMetrics parser", why)
    return undefined
  }
  return pages => {
    const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', PROGRAM], {
      input: JSON.stringify(pages.map(page => page.toString('base64'))),
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout)
  }
}

/** How many samples a page of text has. */
export function countSamples(page: Buffer): number {
  return page
    .toString()
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#')).length
}
