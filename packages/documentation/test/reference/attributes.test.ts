import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { readMetrics } from '@tutti/aggregator'
import { startPostgres, startRedis } from '@tutti/test-servers'
import { expect, test, vi } from 'vitest'
import { ATTRIBUTES } from '../../src/reference/attributes.ts'
import { instrumentsOfEverything } from '../../src/reference/instruments.ts'

// "worker" is what merging adds; the type of a messaging operation is always the same.
const ADDED = ['worker', 'messaging.operation.type']

test('an app that uses every library records each metric with the attributes of the table, and no others', async () => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const app = fork(fileURLToPath(new URL('../apps/everything.cjs', import.meta.url)), {
    execArgv: ['--require', '@tutti/preload'],
    env: {
      ...process.env,
      ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url, TUTTI_BULLMQ_INTERVAL_MS: '50' },
      ...{ OTEL_EXPORTER_PROMETHEUS_PORT: '0', OTEL_LOG_LEVEL: 'warn' },
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const [directory] = (await Promise.race([once(app, 'message'), failure(app)])) as [string]
    const names = (await instrumentsOfEverything()).map(({ name }) => name)
    const documented = sorted(names.map(name => [name, new Set(ATTRIBUTES[name])]))
    // What observables say comes with the next observation, and garbage is collected when there is some.
    await vi.waitFor(
      async () => {
        const recorded = await attributesIn(directory)
        expect(sorted(names.map(name => [name, recorded.get(name) ?? new Set(['never recorded'])]))).toEqual(
          documented,
        )
      },
      { timeout: 60_000, interval: 500 },
    )
  } finally {
    app.kill('SIGKILL')
    await Promise.all([postgres.stop(), redis.stop()])
  }
})

async function failure(app: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(app, 'exit')
  throw new Error(`the app ended with exit code ${code}`)
}

async function attributesIn(directory: string): Promise<Map<string, Set<string>>> {
  const attributes = new Map<string, Set<string>>()
  for (const { metrics } of (await readMetrics(directory)).scopeMetrics) {
    for (const { descriptor, dataPoints } of metrics) {
      const seen = attributes.get(descriptor.name) ?? new Set()
      for (const point of dataPoints)
        for (const key of Object.keys(point.attributes)) if (!ADDED.includes(key)) seen.add(key)
      attributes.set(descriptor.name, seen)
    }
  }
  return attributes
}

function sorted(entries: [string, Set<string>][]): Record<string, string[]> {
  return Object.fromEntries(entries.map(([name, keys]) => [name, [...keys].sort()]))
}
