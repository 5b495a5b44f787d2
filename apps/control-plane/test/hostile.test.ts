import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { adminToken, ask } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'
import type { Running } from './process.ts'

let backend: Backend
let url: string
let jobWorker: Running

beforeAll(async () => {
  backend = await startBackend({ CONTROL_PLANE_RING_SOAK_MS: '3600000' })
  url = backend.url
  jobWorker = await backend.start('job-worker')
})
afterAll(() => backend.stop())

test.each([
  ['an id that only looks like a UUID', 'GET', '/deployments/urn:uuid:123e4567-e89b-12d3-a456-426614174000'],
  ['the same to a change', 'POST', '/deployments/urn:uuid:123e4567-e89b-12d3-a456-426614174000/cancel'],
  ['a path that can not be decoded', 'GET', '/deployments/%ff'],
  ['a NUL in the path', 'GET', '/deployments/%00'],
])('%s is bad input', async (_what, method, path) => {
  expect((await ask(url, path, undefined, method)).status).toBe(400)
})

test.each(['/deployments/{id}/gates', '/feeds/{id}/items', '/imports/{id}/errors', '/users/{id}/tokens'])(
  '%s of what is not there is not an empty list',
  async path => {
    const answer = await ask(url, path.replace('{id}', crypto.randomUUID()))
    expect([answer.status, answer.type]).toEqual([404, 'application/problem+json; charset=utf-8'])
  },
)

test('a NUL in a label is bad input', async () => {
  const { body } = await ask(url, '/users', { name: 'nul', role: 'viewer' })
  expect((await ask(url, `/users/${body.id}/tokens`, { label: 'a\0b' })).status).toBe(400)
  expect((await ask(url, '/feeds', { name: 'nul', url: 'http://example.com/\0' })).status).toBe(400)
})

test.each([
  ['a NUL', 'a\0b'],
  [
    'more than an index takes',
    Array.from({ length: 1_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join(''),
  ],
])('a feed whose items have %s fails by itself and keeps no other from being polled', async (what, id) => {
  const name = `bad-${what.length}`
  await backend.outside.addToFeed(name, [{ id, title: 'x', url: 'https://example.com' }])
  await backend.outside.addToFeed(`good-${what.length}`, [
    { id: '1', title: 'x', url: 'https://example.com' },
  ])
  const bad = await follow(name)
  const good = await follow(`good-${what.length}`)
  await vi.waitFor(async () => expect((await feedOf(bad)).failedPolls).toBeGreaterThan(3), { timeout: 5_000 })
  await vi.waitFor(async () => expect((await feedOf(good)).polls).toBeGreaterThan(10), { timeout: 5_000 })
  expect((await feedOf(bad)).lastError).toMatch(/./)
  await ask(url, `/feeds/${bad}`, undefined, 'DELETE')
  await ask(url, `/feeds/${good}`, undefined, 'DELETE')
})

test('a connection that breaks in the middle of a transaction ends no job worker', async () => {
  const lines = Array.from({ length: 8_000 }, (_, n) => `svc,1.0.${n}`)
  const response = await fetch(`${url}/imports`, {
    method: 'POST',
    body: `service,version\n${lines.join('\n')}`,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'text/csv' },
  })
  const { id } = (await response.json()) as { id: string }
  const holder = await backend.rows.connect()
  await vi.waitFor(
    async () => {
      const { rows } = await holder.query('select processed from import_job where id = $1', [id])
      expect(rows[0].processed).toBeGreaterThan(0)
    },
    { timeout: 10_000, interval: 5 },
  )
  await holder.query('begin')
  await holder.query('lock table deployment in share mode')
  await vi.waitFor(async () => {
    const { rows } = await backend.rows.query(
      `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into deployment%'`,
    )
    expect(rows).toHaveLength(1)
    await backend.rows.query('select pg_terminate_backend($1)', [rows[0].pid])
  })
  await holder.query('commit')
  holder.release()
  await vi.waitFor(
    async () => {
      const { rows } = await backend.rows.query('select processed from import_job where id = $1', [id])
      expect(rows[0].processed).toBe(8_000)
    },
    { timeout: 40_000, interval: 100 },
  )
  expect(jobWorker.process.exitCode).toBeNull()
})

test('an export is kept page by page, and read as one document; one of nothing is a document as well', async () => {
  await backend.rows.query(
    `insert into deployment (id, service, version, rings, status)
     select gen_random_uuid(), 'bulk', n::text, array['all'], 'cancelled' from generate_series(1, 1201) as n`,
  )
  const csv = await exported({ format: 'csv', status: 'cancelled' })
  expect(
    csv.content
      .trimEnd()
      .split('\n')
      .slice(1)
      .map(line => line.split(',')[2]),
  ).toEqual(versions)
  const json = await exported({ format: 'json', status: 'cancelled' })
  expect(JSON.parse(json.content).map(({ version }: { version: string }) => version)).toEqual(versions)
  expect(csv.items).toBe(1_201)
  const { rows } = await backend.rows.query(
    'select count(*)::int as count from export_part group by export_id',
  )
  expect(rows).toEqual([{ count: 3 }, { count: 3 }])
  expect(JSON.parse((await exported({ format: 'json', status: 'failed' })).content)).toEqual([])
  expect((await exported({ format: 'csv', status: 'failed' })).content).toMatch(/^id,service,.*\n$/)
})

const versions = Array.from({ length: 1_201 }, (_, index) => `${index + 1}`)

async function exported(wish: object): Promise<{ content: string; items: number }> {
  const { body } = await ask(url, '/exports', wish)
  const items = await vi.waitFor(
    async () => {
      const { body: progress } = await ask(url, `/exports/${body.id}`)
      expect(progress.status).toBe('done')
      return progress.items
    },
    { timeout: 10_000 },
  )
  const response = await fetch(`${url}/exports/${body.id}/content`, {
    headers: { authorization: `Bearer ${adminToken}` },
  })
  return { content: await response.text(), items }
}

test('job workers and the API end well while Redis is dead, and while the database is as well', async () => {
  const second = await backend.start('job-worker')
  await backend.redis.off()
  expect(await jobWorker.stop()).toBe(0)
  await backend.postgres.off()
  expect(await second.stop()).toBe(0)
  expect(await backend.api.stop()).toBe(0)
})

async function follow(name: string): Promise<string> {
  const answer = await ask(url, '/feeds', {
    name,
    url: `${backend.outside.url}/feeds/${name}`,
    intervalMs: 20,
  })
  expect(answer.status).toBe(201)
  return answer.body.id
}

async function feedOf(id: string): Promise<{ polls: number; failedPolls: number; lastError: string | null }> {
  const { body } = await ask(url, '/feeds')
  return body.items.find((feed: { id: string }) => feed.id === id)
}
