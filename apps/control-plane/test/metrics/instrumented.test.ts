import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, create } from '../ask.ts'
import { type Backend, startBackend } from '../backend.ts'
import { readPage, sum, sumBy } from '../page.ts'

// What the preload sees by itself, without a line of the control plane's for it.
let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend()
  url = backend.url
})
afterAll(() => backend.stop())

test('rows inserted, updated and deleted, by table', async () => {
  for (let count = 0; count < 3; count++) await create(url)
  const { body: user } = await ask(url, '/users', { name: 'short-lived', role: 'viewer' })
  const { body: token } = await ask(url, `/users/${user.id}/tokens`, { label: 'laptop' })
  await ask(url, `/tokens/${token.id}`, undefined, 'DELETE')
  await ask(url, `/users/${user.id}`, undefined, 'DELETE')
  const page = await readPage(backend.metricsUrl)
  const rows = sumBy(
    page,
    'db_client_model_operations_total',
    ({ db_operation_name, db_collection_name }) => `${db_operation_name} ${db_collection_name}`,
  )
  expect(rows).toMatchObject({
    'INSERT deployment': 3,
    'INSERT app_user': 1,
    // The first admin's as well.
    'INSERT api_token': 2,
    'UPDATE api_token': 1,
    'DELETE app_user': 1,
    'INSERT connector': 4,
  })
})

test('migrations: all of them applied, none pending', async () => {
  const page = await readPage(backend.metricsUrl)
  const files = readdirSync(join(import.meta.dirname, '..', '..', 'migrations')).length
  const labels = { db_collection_name: 'control_plane_migration' }
  expect(sum(page, 'db_client_migrations_applied', labels)).toBe(files)
  expect(
    page.filter(({ name }) => name === 'db_client_migrations_pending').map(({ value }) => value),
  ).toEqual([0])
})

test('the connections of all processes are as many as PostgreSQL has', async () => {
  await Promise.all(Array.from({ length: 40 }, () => ask(url, '/deployments')))
  await vi.waitFor(async () => {
    const { rows } = await backend.rows.query(
      `select count(*)::int as count from pg_stat_activity where application_name = 'control-plane'`,
    )
    const page = await readPage(backend.metricsUrl)
    expect(sum(page, 'db_connection_pool_size')).toBe(rows[0].count)
    expect(sum(page, 'db_client_connection_count')).toBe(rows[0].count)
    expect(sum(page, 'db_connection_pool_idle')).toBe(rows[0].count)
  })
  const page = await readPage(backend.metricsUrl)
  const workers = 4
  expect([sum(page, 'db_connection_pool_max'), sum(page, 'db_connection_pool_waiting')]).toEqual([
    workers * 5,
    0,
  ])
})

test('what the cache had and had not, by pattern', async () => {
  const before = sumBy(await readPage(backend.metricsUrl), 'cache_requests_total', keyOf)
  const id = await create(url)
  for (let count = 0; count < 4; count++) await ask(url, `/deployments/${id}`)
  await ask(url, `/deployments/${crypto.randomUUID()}`)
  const after = sumBy(await readPage(backend.metricsUrl), 'cache_requests_total', keyOf)
  expect((after['deployment:* hit'] ?? 0) - (before['deployment:* hit'] ?? 0)).toBe(4)
  expect((after['deployment:* miss'] ?? 0) - (before['deployment:* miss'] ?? 0)).toBe(1)
})

function keyOf({ cache_key_pattern, cache_result }: Record<string, string>): string {
  return `${cache_key_pattern} ${cache_result}`
}
