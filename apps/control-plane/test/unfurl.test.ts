import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'
import { readPage, sumBy } from './page.ts'

let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend()
  url = backend.url
})
afterAll(() => backend.stop())

test('says what is behind a link, the second time from memory', async () => {
  const page = `${backend.outside.url}/pages/roadmap`
  const first = await ask(url, '/unfurl', { url: page })
  const known = { url: page, title: 'Page roadmap', description: 'All about roadmap.' }
  expect([first.status, first.body]).toEqual([200, { ...known, outcome: 'success' }])
  expect((await ask(url, '/unfurl', { url: page })).body).toEqual({ ...known, outcome: 'cached' })
})

test.each([
  'http://127.0.0.1:5432/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.0.0.1/',
  'http://0x7f.1/',
  'http://localhost/',
])('refuses an address inside our own network: %s', async address => {
  expect((await ask(url, '/unfurl', { url: address })).status).toBe(422)
})

test('follows no redirect to where it may not go', async () => {
  let visits = 0
  const inside = createServer((_request, response) => {
    visits++
    response.end('<title>secret</title>')
  }).listen(0, '127.0.0.1')
  await once(inside, 'listening')
  const { port } = inside.address() as AddressInfo
  const moved = `${backend.outside.url}/moved?to=${encodeURIComponent(`http://127.0.0.1:${port}/`)}`
  expect((await ask(url, '/unfurl', { url: moved })).status).toBe(502)
  expect((await ask(url, '/unfurl', { url: `http://127.0.0.1:${port}/` })).status).toBe(422)
  expect(visits).toBe(0)
  inside.close()
})

test('gives up on a page that hangs; counts and rows agree', async () => {
  await backend.outside.fault('pages', { hang: true })
  const started = performance.now()
  expect((await ask(url, '/unfurl', { url: `${backend.outside.url}/pages/slow` })).status).toBe(502)
  expect(performance.now() - started).toBeGreaterThan(1_900)
  await backend.outside.heal()
  const { rows } = await backend.rows.query(
    'select outcome, count(*)::int as count from unfurl group by outcome order by outcome',
  )
  const expected = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]))
  expect(expected).toEqual({ success: 1, cached: 1, refused: 8, failure: 2 })
  const page = await readPage(backend.metricsUrl)
  expect(sumBy(page, 'unfurl_operations_total', ({ outcome }) => outcome!)).toEqual(expected)
})
