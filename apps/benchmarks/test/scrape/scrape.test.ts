import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Scraper } from '../../src/scrape/scrape.ts'

async function serverOf(
  answer: (count: number) => string,
): Promise<{ url: string; connections(): number; end(): void }> {
  let scrapes = 0
  let connections = 0
  const server = createServer((_, response) => response.end(answer(++scrapes)))
  server.on('connection', () => connections++)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    connections: () => connections,
    end: () => server.closeAllConnections(),
  }
}

test('scrapes again and again over one connection, and over another when that is gone', async () => {
  const server = await serverOf(count => `${count} `.repeat(1_000_000))
  const scraper = new Scraper(server.url)
  for (const count of [1, 2]) {
    const { status, page, ms } = await scraper.scrape()
    expect([status, page.length, page.toString('latin1', page.length - 4)]).toEqual([
      200,
      2_000_000,
      `${count} ${count} `,
    ])
    expect(ms).toBeGreaterThan(0)
  }
  expect(server.connections()).toBe(1)
  server.end()
  expect((await scraper.scrape()).page.length).toBe(2_000_000)
  expect(server.connections()).toBe(2)
  scraper.close()
})

test('says that there was no answer in time', async () => {
  const server = createServer(() => {})
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const scraper = new Scraper(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`)
  await expect(scraper.scrape({}, 50)).rejects.toThrow('no answer within 50 ms')
})
