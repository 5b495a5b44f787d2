import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, create, promote } from '../ask.ts'
import { type Backend, startBackend } from '../backend.ts'

let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend()
  url = backend.url
})
afterAll(() => backend.stop())

test('reads from the database while Redis is dead, and from Redis again when it is back', async () => {
  const id = await create(url)
  expect((await ask(url, `/deployments/${id}`)).headers.get('x-cache')).toBe('hit')
  await backend.redis.off()
  const answer = await ask(url, `/deployments/${id}`)
  expect([answer.status, answer.body.id, answer.headers.get('x-cache')]).toEqual([200, id, 'miss'])
  expect((await promote(url, id)).body.ring).toBe('canary')
  expect((await ask(url, '/readyz')).body).toEqual({ status: 'ok', database: 'up', cache: 'down' })
  await backend.redis.on()
  await vi.waitFor(
    async () => expect((await ask(url, `/deployments/${id}`)).headers.get('x-cache')).toBe('hit'),
    { timeout: 10_000, interval: 100 },
  )
  expect((await ask(url, `/deployments/${id}`)).body.ring).toBe('canary')
})

test('answers 503 while the database is dead, stays alive, and recovers', async () => {
  const id = await create(url, ['canary', 'broad'])
  await backend.postgres.off()
  for (const answer of [
    await ask(url, '/deployments'),
    await ask(url, '/deployments', { service: 'checkout', version: '1' }),
    await promote(url, id),
    await ask(url, '/readyz'),
  ]) {
    expect([answer.status, answer.type]).toEqual([503, 'application/problem+json; charset=utf-8'])
    expect(answer.headers.get('retry-after')).toBe('1')
  }
  expect((await ask(url, '/healthz')).status).toBe(200)
  expect((await ask(url, `/deployments/${id}`)).headers.get('x-cache')).toBe('hit')
  await backend.postgres.on()
  await vi.waitFor(async () => expect((await ask(url, '/readyz')).status).toBe(200), { timeout: 10_000 })
  expect((await promote(url, id)).body).toMatchObject({ ring: 'canary' })
  for (let count = 0; count < 20; count++) expect((await ask(url, '/deployments')).status).toBe(200)
})

test('replaces a worker that is killed', async () => {
  const [victim] = backend.api.workers
  process.kill(victim!, 'SIGKILL')
  await vi.waitFor(() => expect(backend.api.output()).toMatch(`worker ${victim} ended with SIGKILL`), {
    timeout: 10_000,
  })
  const successor = Number(/(\d+) takes its place/.exec(backend.api.output())?.[1])
  expect(backend.api.workers).not.toContain(successor)
  process.kill(successor, 0)
  expect((await ask(url, '/healthz')).status).toBe(200)
})

test('answers what has arrived before it ends', async () => {
  const id = await create(url)
  const holder = await backend.rows.connect()
  await holder.query('begin')
  await holder.query('select from deployment where id = $1 for update', [id])
  const answer = promote(url, id)
  await vi.waitFor(async () => {
    const { rows } = await backend.rows.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)
    expect(rows.length).toBe(1)
  })
  const ended = backend.api.stop()
  await wait(300)
  await holder.query('commit')
  holder.release()
  expect((await answer).body).toMatchObject({ ring: 'canary' })
  expect(await ended).toBe(0)
})
