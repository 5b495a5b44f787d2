import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminToken, ask, create, promote } from '../ask.ts'
import { type Backend, startBackend } from '../backend.ts'

let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend()
  url = backend.url
})
afterAll(() => backend.stop())

test('runs four workers', () => {
  expect(new Set(backend.api.workers).size).toBe(4)
})

test('creates a queued deployment with the rings that were asked for', async () => {
  const answer = await ask(url, '/deployments', {
    service: 'search',
    version: '2.1.0',
    rings: ['pilot', 'world'],
  })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/deployments/${answer.body.id}`)
  expect(answer.body).toMatchObject({
    service: 'search',
    version: '2.1.0',
    rings: ['pilot', 'world'],
    ring: null,
    status: 'queued',
    finishedAt: null,
  })
})

test('rolls out through canary, early and broad unless told otherwise', async () => {
  const id = await create(url)
  expect((await ask(url, `/deployments/${id}`)).body.rings).toEqual(['canary', 'early', 'broad'])
})

test('reads a deployment from the database once and from Redis from then on', async () => {
  const { rows } = await backend.rows.query(
    `insert into deployment (id, service, version, rings) values ($1, 'mail', '1', '{canary}') returning id`,
    [randomUUID()],
  )
  const first = await ask(url, `/deployments/${rows[0].id}`)
  expect([first.status, first.headers.get('x-cache')]).toEqual([200, 'miss'])
  const second = await ask(url, `/deployments/${rows[0].id.toUpperCase()}`)
  expect([second.status, second.headers.get('x-cache')]).toEqual([200, 'hit'])
  expect(second.body).toEqual(first.body)
})

test('promotes ring by ring, shows each step at once, and is done in the last one', async () => {
  const id = await create(url, ['canary', 'broad'])
  expect((await promote(url, id)).body).toMatchObject({ ring: 'canary', status: 'rolling', finishedAt: null })
  expect((await ask(url, `/deployments/${id}`)).body).toMatchObject({ ring: 'canary' })
  const done = await promote(url, id)
  expect(done.body).toMatchObject({ ring: 'broad', status: 'done' })
  expect(Date.parse(done.body.finishedAt)).toBeGreaterThanOrEqual(Date.parse(done.body.createdAt))
  expect((await ask(url, `/deployments/${id}`)).body).toEqual(done.body)
  expect((await promote(url, id)).status).toBe(409)
  const { rows } = await backend.rows.query(
    'select ring, trigger from ring_promotion where deployment_id = $1 order by promoted_at',
    [id],
  )
  expect(rows).toEqual([
    { ring: 'canary', trigger: 'api' },
    { ring: 'broad', trigger: 'api' },
  ])
})

test('promotes exactly once a request, however many arrive together', async () => {
  const id = await create(url, ['a', 'b', 'c', 'd'])
  const answers = await Promise.all(Array.from({ length: 10 }, () => promote(url, id)))
  expect(answers.map(answer => answer.status).sort()).toEqual([200, 200, 200, 200, ...Array(6).fill(409)])
})

test('lists the newest first, page by page', async () => {
  const ids = [await create(url), await create(url), await create(url)]
  const first = await ask(url, '/deployments?limit=2')
  expect(first.body.items.map((item: { id: string }) => item.id)).toEqual([ids[2], ids[1]])
  const second = await ask(url, `/deployments?limit=1&after=${first.body.next}`)
  expect(second.body.items[0].id).toBe(ids[0])
  const all = await ask(url, '/deployments?limit=100')
  expect(all.body.next).toBeNull()
})

test('is alive and ready', async () => {
  expect((await ask(url, '/healthz')).body).toEqual({ status: 'ok' })
  expect((await ask(url, '/readyz')).body).toEqual({ status: 'ok', database: 'up', cache: 'up' })
})

describe('answers bad input with a problem document', () => {
  const good = { service: 'checkout', version: '1.0.0' }
  test.each([
    ['no version', { service: 'checkout' }],
    ['a number for a name', { service: 7, version: '1' }],
    ['an empty name', { service: '', version: '1' }],
    ['a name with a NUL', { service: 'a\u0000b', version: '1' }],
    ['an unknown property', { ...good, owner: 'me' }],
    ['no rings', { ...good, rings: [] }],
    ['the same ring twice', { ...good, rings: ['canary', 'canary'] }],
    ['a ring that is no name', { ...good, rings: ['Not A Ring'] }],
    ['a list', [good]],
    ['half a body', '{"service": "checkout", '],
    ['an empty body', ''],
  ])('%s', async (_what, body) => expectProblem(await ask(url, '/deployments', body), 400))

  test('an id that is none', async () => {
    expectProblem(await ask(url, '/deployments/not-an-id'), 400)
    expectProblem(await promote(url, 'not-an-id'), 400)
  })

  test('a page size or position that is none', async () => {
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=-1', 'page=2', 'limit=1&limit=2']) {
      expectProblem(await ask(url, `/deployments?${query}`), 400)
    }
  })

  test('a deployment or a page that is not there', async () => {
    expectProblem(await ask(url, `/deployments/${randomUUID()}`), 404)
    expectProblem(await promote(url, randomUUID()), 404)
    expectProblem(await ask(url, '/no-such-page'), 404)
    expectProblem(await ask(url, '/deployments', undefined, 'DELETE'), 404)
  })

  test('a body that is too large or of another type', async () => {
    expectProblem(await ask(url, '/deployments', { ...good, note: 'x'.repeat(70_000) }), 413)
    const response = await fetch(`${url}/deployments`, {
      method: 'POST',
      body: '<deployment/>',
      headers: { 'content-type': 'application/xml', authorization: `Bearer ${adminToken}` },
    })
    expect(response.status).toBe(415)
    await response.text()
  })
})

function expectProblem(answer: Awaited<ReturnType<typeof ask>>, status: number): void {
  expect(answer.type).toBe('application/problem+json; charset=utf-8')
  expect(answer.body).toEqual({
    type: 'about:blank',
    title: expect.any(String),
    status,
    detail: expect.stringMatching(/.+/),
  })
  expect(answer.status).toBe(status)
}
