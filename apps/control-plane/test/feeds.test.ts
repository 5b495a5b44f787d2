import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'
import { readPage, sum } from './page.ts'

let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend()
  url = backend.url
  await backend.start('job-worker')
})
afterAll(() => backend.stop())

test('polls a feed on its schedule, keeps each item once, and counts what the database has', async () => {
  await backend.outside.addToFeed('releases', items(1, 3))
  const feed = await follow('releases')
  await vi.waitFor(async () => expect(await itemsOf(feed)).toEqual(['item-3', 'item-2', 'item-1']))
  // Somebody publishes the second again, with two more.
  await backend.outside.addToFeed('releases', [...items(2, 2), ...items(4, 5)])
  await vi.waitFor(async () => expect(await itemsOf(feed)).toHaveLength(5))
  await vi.waitFor(async () => expect((await feedOf(feed)).polls).toBeGreaterThan(5))
  await ask(url, `/feeds/${feed}`, { active: false }, 'PUT')
  await vi.waitFor(async () => {
    const { polls, failedPolls } = await feedOf(feed)
    const page = await readPage(backend.metricsUrl)
    expect([
      sum(page, 'feed_polls_total', { outcome: 'success' }),
      sum(page, 'feed_poll_duration_seconds_count', { outcome: 'success' }),
      sum(page, 'feed_items_discovered_total'),
      sum(page, 'active_feeds'),
      failedPolls,
    ]).toEqual([polls, polls, 5, 0, 0])
  })
})

test('a feed that fails is polled on, and says why', async () => {
  const feed = await follow('not-there')
  await vi.waitFor(async () => {
    expect(await feedOf(feed)).toMatchObject({ lastError: 'It was answered with 404.' })
  })
  await backend.outside.addToFeed('not-there', items(1, 1))
  await vi.waitFor(async () => expect(await itemsOf(feed)).toEqual(['item-1']))
  expect((await feedOf(feed)).lastError).toBeNull()
  await ask(url, `/feeds/${feed}`, { active: false }, 'PUT')
  await vi.waitFor(async () => {
    const page = await readPage(backend.metricsUrl)
    const { failedPolls } = await feedOf(feed)
    expect(sum(page, 'feed_polls_total', { outcome: 'failure' })).toBe(failedPolls)
  })
})

test('an address inside our own network is never polled', async () => {
  const feed = await follow('private', 'http://127.0.0.1:1/feed')
  await vi.waitFor(async () =>
    expect((await feedOf(feed)).lastError).toBe('127.0.0.1 is not an address of the outside world.'),
  )
  expect((await ask(url, `/feeds/${feed}`, undefined, 'DELETE')).status).toBe(204)
})

test('refuses a feed that is there already, and input that is wrong', async () => {
  expect((await ask(url, '/feeds', { name: 'releases', url: 'https://example.com' })).status).toBe(409)
  expect((await ask(url, '/feeds', { name: 'x', url: 'ftp://example.com' })).status).toBe(400)
  expect((await ask(url, '/feeds', { name: 'x', url: 'https://example.com', intervalMs: 1 })).status).toBe(
    400,
  )
  expect((await ask(url, `/feeds/${crypto.randomUUID()}`, { active: true }, 'PUT')).status).toBe(404)
})

function items(first: number, last: number): { id: string; title: string; url: string }[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const id = `item-${first + index}`
    return { id, title: `Release ${id}`, url: `https://example.com/${id}` }
  })
}

async function follow(name: string, address = `${backend.outside.url}/feeds/${name}`): Promise<string> {
  const answer = await ask(url, '/feeds', { name, url: address, intervalMs: 20 })
  expect(answer.status).toBe(201)
  return answer.body.id
}

async function feedOf(id: string): Promise<{ polls: number; failedPolls: number; lastError: string | null }> {
  const { body } = await ask(url, '/feeds')
  return body.items.find((feed: { id: string }) => feed.id === id)
}

async function itemsOf(id: string): Promise<string[]> {
  const { body } = await ask(url, `/feeds/${id}/items`)
  return body.items.map((item: { id: string }) => item.id)
}
