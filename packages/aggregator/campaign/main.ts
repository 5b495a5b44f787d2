/**
 * The long form of the crash tests and of the fuzzer: `npm run campaign`. Reproducible with `--seed`; `--only crash`
 * or `--only fuzz` runs one of them, and another name is another package's; `--reads` and `--stride` make it shorter.
 * The last line says how many runs passed and how many failed.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { crash } from './crash/crash.ts'
import { fuzzInThreads } from './fuzz/fuzz-in-threads.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string' },
    reads: { type: 'string', default: '1000000' },
    stride: { type: 'string', default: '1' },
    timed: { type: 'string', default: '300' },
  },
  // The other workspaces' campaigns have options that are none of ours.
  strict: false,
})
const seed = Number(values.seed)
const directory = join('/dev/shm', `tutti-campaign-${process.pid}`)
let failures = 0
const failed = (what: string, error: Error) => {
  failures++
  // The first tell; thousands of the same would not tell more.
  if (failures <= 20) console.error(`${what}: ${error.stack}`)
}

console.log(`seed ${seed}`)
let runs = 0
try {
  if (values.only === undefined || values.only === 'crash') {
    const begin = performance.now()
    const options = { directory: join(directory, 'crash'), seed, failed }
    const kills = await crash({ ...options, stride: Number(values.stride), timedKills: Number(values.timed) })
    runs += kills
    console.log(`${kills} processes killed in ${seconds(begin)} s`)
  }
  if (values.only === undefined || values.only === 'fuzz') {
    const begin = performance.now()
    const options = { directory: join(directory, 'fuzz'), seed, reads: Number(values.reads) }
    const reads = await fuzzInThreads(options, (seedOfRead, error) => failed(`seed ${seedOfRead}`, error))
    runs += reads
    console.log(`${reads} directories with damaged files read in ${seconds(begin)} s`)
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
console.log(`${runs - failures} passed, ${failures} failed`)
process.exitCode = failures > 0 ? 1 : 0

function seconds(begin: number): string {
  return ((performance.now() - begin) / 1_000).toFixed(0)
}
