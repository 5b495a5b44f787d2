import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, askAs, create } from '../ask.ts'
import { type Backend, startBackend } from '../backend.ts'

let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend({ CONTROL_PLANE_TOKEN_FRESH_MS: '2000' })
  url = backend.url
})
afterAll(() => backend.stop())

test('answers 401 without a token and with one that is nobody’s, in a problem document', async () => {
  for (const token of [undefined, 'never-issued-to-anybody']) {
    const answer = await askAs(token, url, '/deployments')
    expect([answer.status, answer.type]).toEqual([401, 'application/problem+json; charset=utf-8'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="control-plane"')
  }
  expect((await askAs(undefined, url, '/healthz')).status).toBe(200)
  expect((await askAs(undefined, url, '/readyz')).status).toBe(200)
  expect((await askAs(undefined, url, '/no-such-page')).status).toBe(404)
})

test.each([
  ['viewer', [200, 403, 403]],
  ['operator', [200, 201, 403]],
  ['admin', [200, 201, 200]],
])('lets a %s do what the role is for', async (role, statuses) => {
  const { secret } = await issue(`a-${role}`, role)
  expect([
    (await askAs(secret, url, '/deployments')).status,
    (await askAs(secret, url, '/deployments', { service: 'mail', version: '1' })).status,
    (await askAs(secret, url, '/users')).status,
  ]).toEqual(statuses)
})

test('shows a secret once and keeps only its hash', async () => {
  const { userId, secret } = await issue('secretive', 'viewer')
  const { body } = await ask(url, `/users/${userId}/tokens`)
  expect(body.items).toEqual([expect.objectContaining({ label: 'laptop', revokedAt: null })])
  expect(JSON.stringify(body)).not.toContain(secret)
  const { rows } = await backend.rows.query(
    `select count(*)::int as count from api_token where hash = sha256($1::bytea)`,
    [Buffer.from(secret)],
  )
  expect(rows[0].count).toBe(1)
})

test('a revoked token ends as soon as processes ask again, an expired one with its lifetime', async () => {
  const { secret, tokenId } = await issue('leaver', 'viewer')
  const short = await issue('visitor', 'viewer', { lifetimeSeconds: 1 })
  expect((await askAs(secret, url, '/deployments')).status).toBe(200)
  expect((await ask(url, `/tokens/${tokenId}`, undefined, 'DELETE')).status).toBe(204)
  expect((await ask(url, `/tokens/${tokenId}`, undefined, 'DELETE')).status).toBe(404)
  await wait(1_000)
  // No process has seen the short one before, so none of them remembers it.
  expect((await askAs(short.secret, url, '/deployments')).status).toBe(401)
  await vi.waitFor(
    async () => {
      for (let count = 0; count < 8; count++)
        expect((await askAs(secret, url, '/deployments')).status).toBe(401)
    },
    { timeout: 5_000, interval: 250 },
  )
})

test('a user ends with the tokens; an admin cannot delete the admin that asks', async () => {
  const { userId, secret } = await issue('leaving-admin', 'admin')
  expect((await askAs(secret, url, `/users/${userId}`, undefined, 'DELETE')).status).toBe(409)
  expect((await ask(url, `/users/${userId}`, undefined, 'DELETE')).status).toBe(204)
  expect((await ask(url, `/users/${userId}`, undefined, 'DELETE')).status).toBe(404)
  const { rows } = await backend.rows.query('select from api_token where user_id = $1', [userId])
  expect(rows).toEqual([])
})

test('refuses names that are taken and input that is wrong', async () => {
  await issue('unique', 'viewer')
  expect((await ask(url, '/users', { name: 'unique', role: 'viewer' })).status).toBe(409)
  expect((await ask(url, '/users', { name: 'X', role: 'viewer' })).status).toBe(400)
  expect((await ask(url, '/users', { name: 'x', role: 'root' })).status).toBe(400)
  expect((await ask(url, `/users/${crypto.randomUUID()}/tokens`, { label: 'x' })).status).toBe(404)
  expect((await ask(url, '/users/not-an-id/tokens', { label: 'x' })).status).toBe(400)
})

test('who was known a moment ago is let in while the database is dead; others get 503', async () => {
  const { secret } = await issue('steady', 'viewer')
  const id = await create(url)
  await ask(url, `/deployments/${id}`)
  // Every worker is to have seen the token.
  for (let count = 0; count < 40; count++) await askAs(secret, url, `/deployments/${id}`)
  await backend.postgres.off()
  const known = await askAs(secret, url, `/deployments/${id}`)
  expect([known.status, known.headers.get('x-cache')]).toEqual([200, 'hit'])
  expect((await askAs('never-issued-to-anybody', url, `/deployments/${id}`)).status).toBe(503)
  await backend.postgres.on()
  await vi.waitFor(async () => expect((await ask(url, '/readyz')).status).toBe(200), { timeout: 10_000 })
})

test('says plainly when the first token is too short to be safe', async () => {
  await expect(backend.start('job-worker', { CONTROL_PLANE_BOOTSTRAP_TOKEN: 'short' })).rejects.toThrow(
    'CONTROL_PLANE_BOOTSTRAP_TOKEN must be 16 to 200 printable characters',
  )
})

interface Issued {
  userId: string
  tokenId: string
  secret: string
}

async function issue(name: string, role: string, wish: object = {}): Promise<Issued> {
  const user = await ask(url, '/users', { name, role })
  if (user.status !== 201) throw new Error(JSON.stringify(user.body))
  const token = await ask(url, `/users/${user.body.id}/tokens`, { label: 'laptop', ...wish })
  if (token.status !== 201) throw new Error(JSON.stringify(token.body))
  return { userId: user.body.id, tokenId: token.body.id, secret: token.body.secret }
}
