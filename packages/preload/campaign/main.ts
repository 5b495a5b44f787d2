/**
 * A day of a clustered service in minutes: `npm run campaign -- --only soak --seed 1`. Nothing may grow. `--scrapes`
 * and `--restarts` make it shorter or longer. `--only matrix`: every framework on every Node, in both kinds of modules,
 * alone and as a cluster. `--only endings`: every way to end, in every mode. The last line says how many checks passed
 * and how many failed.
 */
import { parseArgs } from 'node:util'
import { soak } from './soak/soak.ts'
import { wholeTest } from './whole-test.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string' },
    scrapes: { type: 'string', default: '5760' },
    restarts: { type: 'string', default: '96' },
  },
  // The other workspaces' campaigns have options that are none of ours.
  strict: false,
})
let failures = 0
let checks = 0
if (values.only === undefined || values.only === 'soak') {
  console.log(`seed ${values.seed}`)
  const begin = performance.now()
  checks += await soak({
    resident: true,
    seed: Number(values.seed),
    scrapes: Number(values.scrapes),
    restarts: Number(values.restarts),
    failed: what => {
      failures++
      console.error(what)
    },
    sampled: sample => console.log(JSON.stringify(sample)),
  })
  const seconds = ((performance.now() - begin) / 1_000).toFixed(0)
  console.log(`${values.scrapes} scrapes and ${values.restarts} restarts in ${seconds} s`)
}
for (const name of ['matrix', 'endings'] as const) {
  if (values.only !== undefined && values.only !== name) continue
  checks++
  if (!(await wholeTest(name))) failures++
}
console.log(`${checks - failures} passed, ${failures} failed`)
process.exitCode = failures > 0 ? 1 : 0
