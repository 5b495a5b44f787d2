/**
 * `npm run campaign -- --only alerts`: the live test six times as slow, where five minutes of a rule take one, and the
 * stories of all alerts on Prometheus 3 as well. Ten minutes. The last line says how many passed and how many failed.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// The other workspaces' campaigns have options that are none of ours.
const { values } = parseArgs({ options: { only: { type: 'string' } }, strict: false })
const isAsked = values.only === undefined || values.only === 'alerts'
const tests = isAsked ? ['test/live', 'test/rules/promtool.test.ts'] : []
const failed = tests.filter(test => !passes(test)).length
console.log(`${tests.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

function passes(test: string): boolean {
  const { status } = spawnSync('vitest', ['run', test], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, TUTTI_LIVE_SPEED: '5' },
    stdio: 'inherit',
  })
  return status === 0
}
