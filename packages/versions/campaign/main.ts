/**
 * `npm run campaign -- --only sets`: every set on all of its Node versions, a service that changes sets, and what is
 * emitted taken by the real npm, pnpm, yarn, syncpack and Renovate, which are installed for it. The last line says how
 * many checks passed and how many failed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'

// The other workspaces' campaigns have options that are none of ours.
const { values } = parseArgs({ options: { only: { type: 'string' } }, strict: false })
const isAsked = values.only === undefined || values.only === 'sets'
const failures = isAsked && !(await wholeTest()) ? 1 : 0
console.log(`${(isAsked ? 1 : 0) - failures} passed, ${failures} failed`)
process.exitCode = failures > 0 ? 1 : 0

async function wholeTest(): Promise<boolean> {
  const vitest = spawn('vitest', ['run', '--no-file-parallelism'], {
    env: { ...process.env, TUTTI_SETS: 'full' },
    stdio: 'inherit',
  })
  const [code] = await once(vitest, 'exit')
  return code === 0
}
