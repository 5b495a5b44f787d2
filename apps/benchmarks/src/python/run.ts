import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findDebianTool } from '@tutti/test-servers'
import { boundaries } from '../boundaries.ts'
import type { Operation } from '../hot-path/workload.ts'
import type { Options } from '../options.ts'
import { MeasuredFleet } from '../scrape/measured-fleet.ts'
import { type FleetSize, usualSize } from '../scrape/series.ts'
import { type Spread, spread } from '../statistics.ts'

export interface PythonResult {
  size: FleetSize
  /** Nanoseconds a call. */
  /** What it offers. */
  calls: Partial<Record<Operation, Spread>>
  /** Python makes the page in the process that asks for it; ours is read over HTTP. */
  pageMs: Spread
  oursMs: Spread
}

const PACKAGE = '/usr/lib/python3/dist-packages/prometheus_client/multiprocess.py'
const program = fileURLToPath(new URL('../../services/python-multiprocess.py', import.meta.url))

/** The multiprocess mode that many came from, at the same size. Undefined where Debian's package can't be had. */
export async function runPython({ node, quick }: Options): Promise<PythonResult | undefined> {
  if (!existsSync(PACKAGE)) await findDebianTool('no-program', 'python3-prometheus-client')
  if (!existsSync(PACKAGE)) {
    process.stderr.write("Debian's python3-prometheus-client is not here and could not be installed\n")
    return undefined
  }
  const rounds = quick ? 2 : 5
  const calls = await python<Record<Operation, number[]>>('hot')
  const { members, series } = usualSize
  const page = await python<{ ms: number[] }>('fleet', members, series, rounds)
  return {
    size: usualSize,
    calls: Object.fromEntries(
      Object.entries(calls).map(([operation, samples]) => [operation, spread(samples)]),
    ),
    pageMs: spread(page.ms),
    oursMs: await measureOurs(node, rounds),
  }
}

async function python<T>(...args: (string | number)[]): Promise<T> {
  const env = { ...process.env, BENCH_BOUNDARIES: JSON.stringify(boundaries) }
  const { stdout } = await promisify(execFile)('python3', [program, ...args.map(String)], { env })
  return JSON.parse(stdout) as T
}

async function measureOurs(node: string, rounds: number): Promise<Spread> {
  const fleet = await MeasuredFleet.start(node, 'tutti', usualSize)
  try {
    await fleet.record()
    await fleet.scrape()
    const samples: number[] = []
    for (let round = 0; round < rounds; round++) {
      await fleet.record()
      samples.push((await fleet.scrape()).ms)
    }
    return spread(samples)
  } finally {
    await fleet.stop()
  }
}
