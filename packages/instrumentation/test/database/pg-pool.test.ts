import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { hookPgPool, type PgPool } from '../../src/database/pg-pool.ts'
import type { Patch } from '../../src/module-hook/hook.ts'
import { collect, OnRequestReader } from '../reader.ts'

/** As much of pg-pool as is looked at. */
class Pool implements Omit<PgPool, 'options'> {
  readonly options: { host: string; database: string; max: number }
  readonly totalCount = 0
  readonly idleCount = 0
  readonly waitingCount = 0
  readonly ended = false

  constructor(database: string) {
    this.options = { host: 'db', database, max: 10 }
  }

  on(): void {}

  async connect(): Promise<object> {
    return {}
  }
}

test('an app that makes pools of ever other databases has no more names than a limit, and all are counted', async () => {
  const reader = new OnRequestReader()
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test')
  const warnings: string[] = []
  const hook = {
    onLoad: (_package: string, _file: string, patch: Patch) => patch(Pool, undefined as never),
    packageNames: () => [],
    stop() {},
  }
  hookPgPool({ meter, hook, env: {}, warn: line => warnings.push(line) })
  const pools = Array.from({ length: 250 }, (_, tenant) => new Pool(`tenant${tenant}`))
  for (const pool of pools) await pool.connect()
  const most = (await collect(reader)).filter(({ name }) => name === 'db.client.connection.max')
  const byName = new Map(
    most.map(({ attributes, value }) => [attributes['db.client.connection.pool.name'], value]),
  )
  expect(byName.size).toBe(201)
  expect([byName.get('db:5432/tenant0'), byName.get('_OTHER')]).toEqual([10, 500])
  expect(warnings).toEqual([])
})
