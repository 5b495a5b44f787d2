import { fork } from 'node:child_process'
import { on } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const file = fileURLToPath(new URL('apps/service.cjs', import.meta.url))
const preload = createRequire(import.meta.url).resolve('@tutti/preload')

/** A service of a primary and three workers. It is told something, and says so many things in answer. */
type Ask = (message: string, answers: number) => Promise<string[]>

async function withService(
  options: { IMPORT: string; execArgv: string[] },
  use: (ask: Ask) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-prom-'))
  const env = {
    ...process.env,
    IMPORT: options.IMPORT,
    TUTTI_DIR: directory,
    OTEL_EXPORTER_PROMETHEUS_PORT: '0',
    OTEL_LOG_LEVEL: 'none',
  }
  const service = fork(file, {
    env,
    execArgv: options.execArgv,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // Keeps what nobody has waited for yet: several answers may come at once.
  const said = on(service, 'message')
  try {
    await use(async (message, answers) => {
      service.send(message)
      const all: string[] = []
      while (all.length < answers) all.push(String((await said.next()).value[0]))
      return all
    })
  } finally {
    service.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function samples(ask: Ask): Promise<string[]> {
  const [page] = await ask('page', 1)
  return page
    .split('\n')
    .filter(line => /^(requests|request|number|failed)/.test(line))
    .sort()
}

const ofWorkers = (worker2And3: number): string[] => [
  'request_seconds_bucket{le="+Inf"} 3000',
  'request_seconds_bucket{le="0.1"} 0',
  'request_seconds_bucket{le="1"} 3000',
  'request_seconds_count 3000',
  'request_seconds_sum 1500',
  'requests_total{code="200"} 1000',
  `requests_total{code="404"} ${worker2And3}`,
]

test('a clustered service that changes one import keeps its counts when a worker is killed, and its page when one is blocked', async () => {
  const ours = { IMPORT: '@tutti/business-metrics/prom-client', execArgv: ['--require', preload] }
  await withService(ours, async ask => {
    await ask('work', 3)
    expect(await samples(ask)).toEqual([
      'number_average 2',
      'number_max 3',
      'number_min 1',
      'number_sum 6',
      ...ofWorkers(2000),
    ])
    await ask('die 3', 1)
    // What was counted stays; what is now is of those that live.
    expect(await samples(ask)).toEqual([
      'number_average 1.5',
      'number_max 2',
      'number_min 1',
      'number_sum 3',
      ...ofWorkers(2000),
    ])
    await ask('block 2', 1)
    expect(await samples(ask)).toContain('requests_total{code="404"} 2000')
  })
})

test('prom-client loses the counts of a killed worker, in the same service', async () => {
  await withService({ IMPORT: 'prom-client', execArgv: [] }, async ask => {
    await ask('work', 3)
    expect(await samples(ask)).toContain('requests_total{code="404"} 2000')
    await ask('die 3', 1)
    expect(await samples(ask)).toContain('requests_total{code="404"} 1000')
  })
})
