/**
 * `npm run campaign -- --only services`: a service of Next.js is installed, given Tutti by `tutti init`, built and
 * started, and its page is read. It is too large for `npm test`. The last line says how many checks passed and failed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'

// The other workspaces' campaigns have options that are none of ours.
const { values } = parseArgs({ options: { only: { type: 'string' } }, strict: false })
const isWanted = values.only === undefined || values.only === 'services'
const failed = isWanted && !(await wholeTest()) ? 1 : 0
console.log(`${isWanted ? 1 - failed : 0} passed, ${failed} failed`)
process.exitCode = failed

async function wholeTest(): Promise<boolean> {
  const env = { ...process.env, TUTTI_SERVICES: 'full' }
  const vitest = spawn('vitest', ['run'], { env, stdio: 'inherit' })
  const [code] = await once(vitest, 'exit')
  return code === 0
}
