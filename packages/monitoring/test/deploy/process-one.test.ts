import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { renderMetrics } from '@tutti/aggregator'
import { freePort, notRun, startPostgres, startRedis } from '@tutti/test-servers'
import { DockerfileParser } from 'dockerfile-ast'
import { expect, onTestFinished, test, vi } from 'vitest'
import { deploy, root, text } from './files.ts'

const namespaces = ['--pid', '--mount', '--fork', '--mount-proc', '--kill-child']
const isPermitted = spawnSync('unshare', [...namespaces, 'true']).status === 0
if (!isPermitted) notRun('the image’s command as process 1', 'unshare needs root, or is not here')

test.runIf(isPermitted)(
  'the image’s command as process 1, without an init before it: serves, is told to end, and ends with all workers',
  async () => {
    const directory = mkdtempSync('/dev/shm/tutti-process-one-')
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
    const postgres = await startPostgres()
    onTestFinished(() => postgres.stop())
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const env = {
      ...process.env,
      TUTTI_DIR: join(directory, 'control-plane'),
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      CONTROL_PLANE_API_PORT: `${await freePort()}`,
      CONTROL_PLANE_API_WORKERS: '2',
    }
    const container = spawn('unshare', [...namespaces, process.execPath, ...imageCommand()], {
      cwd: join(root, 'apps/control-plane'),
      env,
      stdio: ['ignore', 'inherit', 'pipe'],
    })
    const exit = once(container, 'exit')
    onTestFinished(() => void container.kill('SIGKILL'))

    const check = (script: string) =>
      promisify(execFile)(process.execPath, [join(deploy, 'docker', script)], { env })
    await vi.waitFor(() => check('is-ready.mjs'), { timeout: 40_000, interval: 500 })
    await check('is-alive.mjs')
    const samples = async () => (await renderMetrics(env.TUTTI_DIR)).body.toString()
    await vi.waitFor(async () => expect(await samples()).toMatch(/^tutti_writers\{.*\} 3$/m), {
      timeout: 10_000,
    })

    process.kill(firstChildOf(container.pid!), 'SIGTERM')
    expect(await exit).toEqual([0, null])
    const afterwards = await samples()
    expect(afterwards).toMatch(/^tutti_writers\{.*\} 0$/m)
    expect(afterwards).toMatch(/^tutti_writer_deaths_total\{.*\} 0$/m)
  },
)

/** What ENTRYPOINT and CMD make together, without `node` itself. */
function imageCommand(): string[] {
  const instructions = DockerfileParser.parse(text('docker/Dockerfile')).getInstructions()
  const words = (keyword: string): string[] =>
    JSON.parse(instructions.findLast(each => each.getKeyword() === keyword)!.getArgumentsContent()!)
  const [program, ...rest] = [...words('ENTRYPOINT'), ...words('CMD')]
  expect(program).toBe('node')
  return rest
}

function firstChildOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])
}
