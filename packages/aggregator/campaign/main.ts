/**
 * The long, seeded runs: `npm run campaign`. `--seed` repeats one, `--only` runs one of them by its name (another name
 * is another package's), and a number under a campaign's own name makes it shorter or longer: `--lives 1000`.
 * The last line says how many runs passed and how many failed.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Surroundings } from './campaign.ts'
import { crash } from './crash/crash.ts'
import { floods } from './floods/floods.ts'
import { full } from './full/full.ts'
import { fuzzInThreads } from './fuzz/fuzz-in-threads.ts'
import { lives } from './lives/lives.ts'
import { requests } from './requests/requests.ts'
import { upgrade } from './upgrade/upgrade.ts'

interface Campaign {
  /** What its number counts. */
  readonly what: string
  readonly defaultAmount: number
  readonly run: (options: Surroundings & { said: (line: string) => void }, amount: number) => Promise<number>
}

const CAMPAIGNS: Record<string, Campaign> = {
  crash: {
    what: 'processes killed at a step (every one when the number is 1, every second when it is 2)',
    defaultAmount: 1,
    run: (options, stride) => crash({ ...options, stride, timedKills: 300 }),
  },
  lives: {
    what: 'processes killed at any moment, among others that are stopped, ended, or told another time',
    defaultAmount: 7_000,
    run: (options, kills) => lives({ ...options, kills, crowd: 6 }),
  },
  upgrade: {
    what: 'processes killed while two layout versions share a directory',
    defaultAmount: 500,
    run: (options, kills) => upgrade({ ...options, kills }),
  },
  floods: {
    what: 'processes killed whose labels explode',
    defaultAmount: 60,
    run: (options, amount) => floods({ ...options, floods: amount }),
  },
  full: {
    what: 'rounds on a file system that is full now and then',
    defaultAmount: 100,
    run: (options, rounds) => full({ ...options, rounds }),
  },
  requests: {
    what: 'connections with damaged requests',
    defaultAmount: 200_000,
    run: (options, amount) => requests({ ...options, requests: amount }),
  },
  fuzz: {
    what: 'directories with damaged files read',
    defaultAmount: 1_000_000,
    run: ({ failed, ...options }, reads) =>
      fuzzInThreads({ ...options, reads }, (seed, error) => failed(`seed ${seed}`, error)),
  },
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string' },
    ...Object.fromEntries(Object.keys(CAMPAIGNS).map(name => [name, { type: 'string' } as const])),
  },
  // The other workspaces' campaigns have options that are none of ours.
  strict: false,
})
const seed = Number(values.seed)
const parent = join('/dev/shm', `tutti-campaign-${process.pid}`)
let failures = 0
const failed = (what: string, error: Error) => {
  failures++
  // The first tell; thousands of the same would not tell more.
  if (failures <= 20) console.error(`${what}: ${error.stack}`)
}

console.log(`seed ${seed}`)
let runs = 0
try {
  for (const [name, { what, defaultAmount, run }] of Object.entries(CAMPAIGNS)) {
    if (values.only !== undefined && values.only !== name) continue
    const begin = performance.now()
    const said = (line: string) => console.log(`${name}: ${line}`)
    const count = await run(
      { directory: join(parent, name), seed, failed, said },
      Number(values[name] ?? defaultAmount),
    )
    runs += count
    said(`${count} ${what.replace(/ \(.*/, '')}, in ${((performance.now() - begin) / 1_000).toFixed(0)} s`)
  }
} finally {
  rmSync(parent, { recursive: true, force: true })
}
console.log(`${runs - failures} passed, ${failures} failed`)
process.exitCode = failures > 0 ? 1 : 0
