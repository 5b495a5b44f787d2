import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { readPageAt } from './page.ts'
import { cleanEnv } from './process.ts'

const require = createRequire(import.meta.url)
const PM2 = require.resolve('pm2/bin/pm2')
const preload = new URL('../dist/index.cjs', import.meta.url).pathname
const apps = new URL('apps/', import.meta.url).pathname

/** A PM2 of its own, with a home and a daemon that nobody else has; the test ends both. */
function startPm2(env: NodeJS.ProcessEnv, name: string): { start(): Promise<void>; logs(): string } {
  const home = mkdtempSync(join(tmpdir(), 'tutti-preload-pm2-'))
  const all = cleanEnv({ PM2_HOME: home, PM2_DISABLE_VERSION_CHECK: 'true', TEST_NAME: name, ...env })
  delete all.OTEL_EXPORTER_PROMETHEUS_PORT
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [PM2, ...args], { env: all, cwd: apps })
  onTestFinished(async () => {
    await run('kill')
    rmSync(home, { recursive: true, force: true })
  })
  const logs = () =>
    [...globSync(`${home}/logs/*`), `${home}/pm2.log`].map(file => readFileSync(file, 'utf8')).join('')
  return { start: async () => void (await run('start', 'ecosystem.config.cjs')), logs }
}

async function says(logs: () => string, pattern: RegExp): Promise<string> {
  await expect.poll(logs, { timeout: 30_000, interval: 100 }).toMatch(pattern)
  return pattern.exec(logs())![1]!
}

test.each([
  ['node_args', {}],
  ['NODE_OPTIONS, which PM2 itself gets too', { NODE_OPTIONS: `--require ${preload}` }],
])(
  'by %s each app of PM2 is a service with one page for its instances',
  async (_way, env) => {
    const name = `shop-${randomBytes(4).toString('hex')}`
    const { start, logs } = startPm2(env, name)
    await start()
    const url = await says(logs, new RegExp(`tutti: ${name} metrics on (\\S+) `))
    const jobsUrl = await says(logs, new RegExp(`tutti: ${name}-jobs metrics on (\\S+) `))
    await expect.poll(() => readPageAt(url), { timeout: 20_000 }).toMatchObject({ tutti_writers: 2 })
    const jobs = await readPageAt(jobsUrl)
    expect(jobs).toMatchObject({ tutti_writers: 1 })
    expect(Object.keys(jobs).find(sample => sample.startsWith('target_info'))).toContain(
      `{service_name="${name}-jobs",team="jobs",`,
    )
    // The daemon and the command are no service.
    expect(logs().match(/tutti: /g)).toHaveLength(2)
  },
  90_000,
)
