import { createServer, get, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { metricsHandler } from '../../src/exposer/metrics-handler.ts'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { steady } from '../page.ts'
import { testProvider } from '../provider.ts'

/** A page that is longer than what the kernel takes of it while nobody reads: 4 MiB to send. */
const SERIES = 4_000

/** Every series is recorded at once, so a page in which two counts differ is none of the pages that there were. */
async function longPage() {
  const { meter, directory } = testProvider({ cardinalityLimit: 2 * SERIES })
  const histogram = meter.createHistogram('took', { description: 'x'.repeat(200) })
  const attributes = Array.from({ length: SERIES }, (_, route) => ({ route: `/${route}`.padEnd(40, '-') }))
  const record = (value: number) => {
    for (const each of attributes) histogram.record(value, each)
  }
  record(1)
  const handler = metricsHandler({ directory })
  const server = createServer(handler)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    handler.close()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const ask = (headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const request = get(
        { port, host: '127.0.0.1', path: '/metrics', agent: false, headers, method },
        resolve,
      )
      request.once('error', reject)
    })
  return { record, ask, port, directory }
}

/** The numbers of all `_count` samples, each once. */
function counts(page: string): number[] {
  const found = [...page.matchAll(/^took_count\{.*\} (.*)$/gm)].map(([, value]) => Number(value))
  expect(found).toHaveLength(SERIES)
  return [...new Set(found)]
}

test('a slow reader gets the page that it asked for, whatever is written meanwhile', async () => {
  const { record, ask } = await longPage()
  const slow: IncomingMessage[] = []
  for (let round = 1; round <= 4; round++) {
    slow.push(await ask())
    record(round === 3 ? 1e6 : 10 ** round)
    expect(counts(await text(await ask()))).toEqual([round + 1])
  }
  for (const [index, response] of slow.entries()) expect(counts(await text(response))).toEqual([index + 1])
  expect(counts(await text(await ask()))).toEqual([5])
})

test('a long page is the same in one piece, in chunks, compressed, and to a client of HTTP/1.0', async () => {
  const { ask, port, directory } = await longPage()
  const whole = steady((await renderMetrics(directory)).body.toString())
  for (let round = 0; round < 2; round++) {
    const chunked = await ask()
    expect(chunked.headers).toMatchObject({ 'transfer-encoding': 'chunked' })
    expect(steady(await text(chunked))).toBe(whole)
  }
  const compressed = await ask({ 'accept-encoding': 'gzip' })
  const parts: Buffer[] = []
  for await (const part of compressed) parts.push(part)
  const { length } = Buffer.concat(parts)
  expect(compressed.headers['content-length']).toBe(String(length))
  expect(steady(gunzipSync(Buffer.concat(parts)).toString())).toBe(whole)

  const socket = connect(port, '127.0.0.1')
  socket.write('GET /metrics HTTP/1.0\r\n\r\n')
  const [head, ...body] = (await text(socket)).split('\r\n\r\n')
  expect(head).not.toMatch(/transfer-encoding/i)
  expect(steady(body.join('\r\n\r\n'))).toBe(whole)
})

test('HEAD tells the length of a long page and sends none of it', async () => {
  const { ask } = await longPage()
  const length = (await text(await ask())).length
  const head = await ask({}, 'HEAD')
  expect(Math.abs(Number(head.headers['content-length']) - length)).toBeLessThan(100)
  expect(await text(head)).toBe('')
})
