import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, create, promote } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'

let backend: Backend

beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.stop())

test('takes queued deployments through all their rings', async () => {
  const ids = [await create(backend.url), await create(backend.url, ['pilot']), await create(backend.url)]
  await backend.start('job-worker')
  await vi.waitFor(async () => expect(await statuses()).toEqual({ done: 3 }), { timeout: 10_000 })
  const { body } = await ask(backend.url, `/deployments/${ids[0]}`)
  expect(body).toMatchObject({ ring: 'broad', status: 'done' })
  const { rows } = await backend.rows.query(
    'select ring, trigger from ring_promotion where deployment_id = $1 order by promoted_at',
    [ids[0]],
  )
  expect(rows).toEqual(['canary', 'early', 'broad'].map(ring => ({ ring, trigger: 'job' })))
})

test('shares the work with a second one: no ring is entered twice', async () => {
  await backend.start('job-worker')
  const created = await Promise.all(Array.from({ length: 50 }, () => create(backend.url)))
  // By hand as well, into the middle of it.
  await Promise.all(created.slice(0, 20).map(id => promote(backend.url, id)))
  await vi.waitFor(async () => expect(await statuses()).toEqual({ done: 53 }), { timeout: 20_000 })
  const { rows } = await backend.rows.query('select count(*)::int as count from ring_promotion')
  expect(rows[0].count).toBe(52 * 3 + 1)
})

test('waits for a dead database and goes on when it is back', async () => {
  await backend.postgres.off()
  await backend.postgres.on()
  const id = await vi.waitFor(() => create(backend.url), { timeout: 10_000 })
  await vi.waitFor(
    async () => expect((await ask(backend.url, `/deployments/${id}`)).body.status).toBe('done'),
    {
      timeout: 10_000,
    },
  )
})

test('ends with code 0 when it is told to', async () => {
  const third = await backend.start('job-worker')
  expect(await third.stop()).toBe(0)
})

async function statuses(): Promise<Record<string, number>> {
  const { rows } = await backend.rows.query(
    'select status, count(*)::int as count from deployment group by status',
  )
  return Object.fromEntries(rows.map(row => [row.status, row.count]))
}
