/**
 * The long form of the matrix test: every framework on every Node, in both kinds of modules, alone and in a cluster.
 * `npm run campaign -- --only matrix` at the root runs this and no other package's campaign.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'

// Options of other packages' campaigns come along.
const { values } = parseArgs({ options: { only: { type: 'string' } }, strict: false })

if (values.only === undefined || values.only === 'matrix') {
  const vitest = spawn('vitest', ['run', 'test/matrix'], {
    env: { ...process.env, TUTTI_MATRIX: 'full' },
    stdio: 'inherit',
  })
  const [code] = await once(vitest, 'exit')
  process.exitCode = code ?? 1
}
