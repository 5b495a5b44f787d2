import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startExposer } from '@tutti/aggregator'
import { notRun } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const NAMESPACES = ['--pid', '--mount', '--fork', '--mount-proc', '--kill-child']

const isPermitted = spawnSync('unshare', [...NAMESPACES, 'true']).status === 0
if (!isPermitted) notRun('containers that share a directory', 'unshare needs root, or is not here')

test.runIf(isPermitted)(
  'containers that share a directory are writers of one page, whatever they think their pids are',
  async () => {
    const directory = temporaryDirectory()
    mkdirSync(directory, { recursive: true })
    const app = fileURLToPath(new URL('../apps/container.ts', import.meta.url))
    const start = async () => {
      const env = { ...process.env, TUTTI_DIR: directory }
      const args = [...NAMESPACES, process.execPath, app]
      const container = spawn('unshare', args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
      const ended = once(container, 'exit')
      onTestFinished(async () => {
        container.kill('SIGKILL')
        await ended
      })
      const [output] = await once(container.stdout, 'data')
      // The same number in every container.
      expect(String(output)).toBe('1\n')
      return { container, ended }
    }
    const first = await start()
    await start()
    const exposer = await startExposer({ directory, port: 0 })
    onTestFinished(() => exposer.close())
    const page = async () => parsePlainly(await (await fetch(exposer.url)).text())
    expect(await page()).toMatchObject({
      started_total: 2,
      'pid{worker="0"}': 1,
      'pid{worker="1"}': 1,
      tutti_writers: 2,
    })

    first.container.kill('SIGKILL')
    await first.ended
    for (let each = 0; each < 200 && (await page()).tutti_writers !== 1; each++);
    const after = await page()
    expect(after).toMatchObject({ started_total: 2, tutti_writers: 1, tutti_writer_deaths_total: 1 })
    expect(after).not.toHaveProperty('pid{worker="0"}')

    await start()
    expect(await page()).toMatchObject({ started_total: 3, 'pid{worker="0"}': 1, tutti_writers: 2 })
  },
)
