/**
 * `npm run --workspace @tutti/monitoring campaign`: the live test six times as slow, where five minutes of a rule take
 * one, and the stories of all alerts on Prometheus 3 as well. Ten minutes.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const { status } = spawnSync('vitest', ['run', 'test/live', 'test/rules/promtool.test.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, TUTTI_LIVE_SPEED: '5' },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
