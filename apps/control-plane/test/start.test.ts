import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, startPostgres, startRedis } from '@tutti/test-servers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readPage, sum } from './page.ts'
import { alive, descendants } from './processes.ts'

const script = join(import.meta.dirname, '..', '..', '..', '.ci', 'start.mjs')

test('starts everything, counts the traffic exactly, and leaves nothing behind after Ctrl-C', async () => {
  const start = await npmStart()
  await start.says('Ctrl-C stops everything.')
  expect(start.output()).toMatch(/PostgreSQL +postgres:\/\/postgres:\*\*\*@127\.0\.0\.1:\d+/)
  expect(start.output()).toContain(`http://localhost:${start.metricsPort}/metrics`)
  await wait(1_500)
  start.process.stdin?.write('\n')
  const [, sent] = await start.says(/Traffic has stopped: (\d+) requests sent, \1 answered/)
  await vi.waitFor(
    async () => {
      const page = await readPage(`http://localhost:${start.metricsPort}/metrics`)
      expect(sum(page, 'http_server_request_duration_seconds_count')).toBe(Number(sent))
    },
    { timeout: 2_000 },
  )

  const everything = descendants(start.process.pid!)
  expect(everything.length).toBeGreaterThanOrEqual(10)
  const segments = /Segments +(\S+)/.exec(start.output())![1]!
  expect(existsSync(segments)).toBe(true)
  start.process.kill('SIGINT')
  // npm passes on the Ctrl-C that the terminal has sent to everybody already; that is not a second one.
  start.process.kill('SIGINT')
  expect(await start.ended).toBe('SIGINT')
  await vi.waitFor(() => expect(everything.filter(alive)).toEqual([]), { timeout: 2_000 })
  expect(existsSync(segments)).toBe(false)
})

test('leaves nothing behind when it is killed', async () => {
  const start = await npmStart()
  await start.says('Ctrl-C stops everything.')
  const everything = descendants(start.process.pid!)
  const segments = /Segments +(\S+)/.exec(start.output())![1]!
  start.process.kill('SIGKILL')
  await vi.waitFor(() => expect(everything.filter(alive)).toEqual([]), { timeout: 20_000, interval: 100 })
  await vi.waitFor(() => expect(existsSync(segments)).toBe(false), { timeout: 5_000 })
})

test('ends what it has started so far when it is told to end while starting', async () => {
  const start = await npmStart()
  await start.says('Starting the API')
  const everything = descendants(start.process.pid!)
  start.process.kill('SIGTERM')
  expect(await start.ended).toBe('SIGTERM')
  expect(start.output()).not.toContain('Ctrl-C stops everything.')
  await vi.waitFor(() => expect(everything.filter(alive)).toEqual([]), { timeout: 2_000 })
})

test('uses servers that it is given and leaves them alone; says plainly when a process is killed', async () => {
  const postgres = await startPostgres()
  const redis = await startRedis()
  onTestFinished(async () => {
    await postgres.stop()
    await redis.stop()
  })
  const start = await npmStart({ DATABASE_URL: postgres.url, REDIS_URL: redis.url })
  await start.says('Ctrl-C stops everything.')
  const pid = Number(/Job worker .* (\d+)$/m.exec(start.output())![1])
  process.kill(pid, 'SIGKILL')
  await start.says(`The job worker (process ${pid}) ended unexpectedly with SIGKILL`)
  await start.says(/The job worker runs again as process \d+\./)
  const outside = Number(/Outside world .* (\d+)$/m.exec(start.output())![1])
  process.kill(outside, 'SIGKILL')
  await start.says(`The outside world (process ${outside}) ended unexpectedly with SIGKILL`)
  start.process.kill('SIGHUP')
  expect(await start.ended).toBe('SIGHUP')
  expect([postgres.pid, redis.pid].map(alive)).toEqual([true, true])
})

test.each(['CONTROL_PLANE_API_PORT', 'OTEL_EXPORTER_PROMETHEUS_PORT'])(
  'names a busy port and %s',
  async variable => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    onTestFinished(() => void holder.close())
    const { port } = holder.address() as { port: number }
    const start = await npmStart({ [variable]: `${port}` })
    expect(await start.ended).toBe(1)
    expect(start.output()).toMatch(
      new RegExp(`Port ${port}, .* is in use by another program\\. .*${variable}=`),
    )
    expect(start.output()).not.toContain('Starting')
  },
)

interface Start {
  process: ChildProcess
  metricsPort: number
  output(): string
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string>
  /** Waits until it has printed this. */
  says(text: string | RegExp): Promise<string[]>
}

/** Runs the script of `npm start` in this checkout, which is installed and built, on free ports. */
async function npmStart(env: NodeJS.ProcessEnv = {}): Promise<Start> {
  const metricsPort = await freePort()
  const child = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      TUTTI_INSTALL: 'never',
      TUTTI_BUILD: 'never',
      CONTROL_PLANE_API_PORT: `${await freePort()}`,
      OTEL_EXPORTER_PROMETHEUS_PORT: `${metricsPort}`,
      CONTROL_PLANE_TRAFFIC_RATE: '50',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  child.stderr.on('data', chunk => {
    output += chunk
  })
  const ended = once(child, 'exit').then(([code, signal]) => signal ?? code)
  const look = (text: string | RegExp) =>
    typeof text === 'string' ? (output.includes(text) ? [text] : null) : text.exec(output)
  return {
    process: child,
    metricsPort,
    output: () => output,
    ended,
    says: text =>
      vi.waitFor(
        () => {
          const found = look(text)
          if (!found) throw new Error(`It has not said "${text}" but:\n${output}`)
          return found
        },
        { timeout: 30_000, interval: 100 },
      ),
  }
}
