import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chooseDirectory, renderMetrics } from '@tutti/aggregator'
import { expect, onTestFinished, test } from 'vitest'
import { parsePlainly } from '../page.ts'
import { removeDirectory } from '../remove-directory.ts'

const require = createRequire(import.meta.url)
const PM2 = require.resolve('pm2/bin/pm2')
const APP = fileURLToPath(new URL('../apps/pm2.cjs', import.meta.url))

/** A PM2 of its own, with a home and a daemon that nobody else has; the test ends both. */
function pm2() {
  const home = mkdtempSync(join(tmpdir(), 'tutti-pm2-'))
  const { TUTTI_DIR, TUTTI_INHERITED, ...others } = process.env
  const env = { ...others, PM2_HOME: home, PM2_DISABLE_VERSION_CHECK: 'true' }
  const run = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [PM2, ...args], { env })
    return stdout
  }
  onTestFinished(async () => {
    await run('kill')
    rmSync(home, { recursive: true, force: true })
  })
  return {
    run,
    pids: async (name: string) =>
      (await run('pid', name))
        .split('\n')
        .map(Number)
        .filter(pid => pid > 0),
  }
}

test.each(['cluster', 'fork'])(
  'PM2, %s mode: the instances of an app share a page, also when one is killed and started again',
  async mode => {
    const name = `shop-${mode}-${randomBytes(4).toString('hex')}`
    const { run, pids } = pm2()
    const { directory } = chooseDirectory({ env: { pm_id: '0', name } })
    removeDirectory(directory)
    const started = async (expected: Record<string, number>) => {
      for (let attempt = 0; ; attempt++) {
        const samples = await renderMetrics(directory).then(
          ({ body }) => parsePlainly(body.toString()),
          () => ({}) as Record<string, number>,
        )
        try {
          return expect(samples).toMatchObject(expected)
        } catch (error) {
          // PM2 answers before its instances have begun.
          if (attempt === 200) throw error
          await sleep(100)
        }
      }
    }

    await run('start', APP, '--name', name, ...(mode === 'cluster' ? ['-i', '2'] : []))
    // In fork mode a second instance is started as PM2's users do it: by scaling an app that has one of them.
    if (mode === 'fork') await run('start', APP, '--name', name, '-f')
    await started({ tutti_writers: 2, tutti_writer_starts_total: 2 })

    const [first] = await pids(name)
    process.kill(first, 'SIGKILL')
    await started({ tutti_writers: 2, tutti_writer_starts_total: 3, tutti_writer_deaths_total: 1 })

    const samples = parsePlainly((await renderMetrics(directory)).body.toString())
    const counts = Object.entries(samples).filter(([sample]) => sample.startsWith('started_total'))
    expect(counts.reduce((sum, [, value]) => sum + value, 0)).toBe(3)

    if (mode !== 'cluster') return
    // One after the other is replaced: the run goes on.
    await run('reload', name)
    await started({ tutti_writers: 2, tutti_writer_starts_total: 5, tutti_writer_deaths_total: 1 })
  },
  120_000,
)
