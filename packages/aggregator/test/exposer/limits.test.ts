import { connect, type Socket } from 'node:net'
import type { Meter } from '@opentelemetry/api'
import { expect, onTestFinished, test } from 'vitest'
import { eventually, send, testExposer } from './exposer.ts'

const GET = 'GET /metrics HTTP/1.1\r\nHost: a\r\n'

async function open(port: number, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  await new Promise(resolve => socket.once('connect', resolve))
  return socket
}

/** More than the kernel buffers between two sockets: about 9 MB. */
function recordMuch(meter: Meter): void {
  const text = 'x'.repeat(1_000)
  for (const name of ['a', 'b', 'c', 'd']) {
    const counter = meter.createCounter(name)
    for (let id = 0; id < 1_900; id++) counter.add(1, { id, text })
  }
}

test('a scrape goes on while 1,000 idle connections are held', async () => {
  const { scrape, port, warnings } = await testExposer()
  const held = await Promise.all(Array.from({ length: 1_000 }, () => open(port)))
  for (const socket of held) socket.resume()
  for (let each = 0; each < 3; each++) expect(await scrape()).toMatchObject({ orders_total: 1 })
  await eventually(() => held.filter(socket => socket.closed).length >= 744)
  expect((await scrape())['tutti_rejected_requests_total{reason="crowded"}']).toBeGreaterThanOrEqual(744)
  expect(warnings).toEqual([
    'a request of 127.0.0.1 was refused: there are more than 256 connections. Others like it are only counted, in ' +
      'tutti_rejected_requests_total{reason="crowded"}.',
  ])
})

test('a client that trickles its headers is cut off, said once, and scrapes go on', async () => {
  const { scrape, port, warnings } = await testExposer({}, { requestTimeoutMs: 100 })
  for (let each = 0; each < 3; each++) {
    const socket = await open(port)
    socket.resume()
    socket.write('GET /metrics HTTP/1.1\r\n')
    const trickle = setInterval(() => socket.write('X-Slow: 1\r\n'), 20)
    await new Promise(resolve => socket.once('close', resolve))
    clearInterval(trickle)
  }
  expect((await scrape())['tutti_rejected_requests_total{reason="slow_request"}']).toBe(3)
  expect(warnings).toEqual([expect.stringContaining('it did not ask within 0.1 s')])
})

test('a client that does not read its page is cut off, said once, and scrapes go on', async () => {
  const { scrape, meter, provider, port, warnings } = await testExposer({}, { responseTimeoutMs: 1_000 })
  recordMuch(meter)
  await provider.forceFlush()
  for (let each = 0; each < 2; each++) {
    const socket = await open(port)
    socket.pause()
    socket.write(`${GET}\r\n`)
    // Unread, so nothing but the sweep ends it, and its end is seen by the one who asks.
    const key = 'tutti_rejected_requests_total{reason="slow_reader"}'
    await eventually(async () => (await scrape())[key] === each + 1)
  }
  expect(warnings).toEqual([expect.stringContaining('it did not read its page within 1 s')])
})

test('slow readers of many old pages lose theirs, and a scrape its own never', async () => {
  const { scrape, meter, provider, port, warnings } = await testExposer()
  recordMuch(meter)
  await provider.forceFlush()
  for (let each = 0; each < 20; each++) {
    const socket = await open(port)
    socket.pause()
    socket.write(`${GET}\r\n`)
    // Each is sent another page than the one before.
    expect(await scrape()).toMatchObject({ orders_total: 1 })
  }
  expect((await scrape())['tutti_rejected_requests_total{reason="slow_reader"}']).toBeGreaterThanOrEqual(10)
  expect(warnings).toEqual([expect.stringContaining('too many old pages were kept for slow readers')])
})

test('a connection that has asked may be idle for longer than one that has not', async () => {
  const { port } = await testExposer({}, { requestTimeoutMs: 50, idleTimeoutMs: 5_000 })
  const socket = await open(port)
  const answers: string[] = []
  socket.setEncoding('latin1').on('data', (chunk: string) => answers.push(chunk))
  for (const count of [1, 2]) {
    socket.write('GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n')
    await eventually(() => answers.length === count)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  expect(answers.join('').match(/200 OK/g)).toHaveLength(2)
})

test('idle connections of one machine close nothing of another one', async () => {
  const { port } = await testExposer()
  const prometheus = await open(port)
  prometheus.setEncoding('latin1')
  let received = ''
  prometheus.on('data', chunk => {
    received += chunk
  })
  prometheus.write(`${GET}\r\n`)
  await eventually(() => received.includes('orders_total'))
  // The other machine has another address of this one.
  const held = await Promise.all(Array.from({ length: 600 }, () => open(port, '127.0.0.2')))
  for (const socket of held) socket.resume()
  await eventually(() => held.filter(socket => socket.closed).length >= 345)
  received = ''
  prometheus.write(`${GET}\r\n`)
  await eventually(() => received.includes('orders_total'))
})

/** What is sent, the status that comes back (none: the connection just ends) and the reason that is counted. */
const REFUSED: [name: string, bytes: string, status: string, reason: string][] = [
  ['headers of 64 kB', `${GET}X: ${'x'.repeat(65_536)}\r\n\r\n`, '431', 'header_too_large'],
  ['10,000 headers', `${GET}${'X: x\r\n'.repeat(10_000)}\r\n`, '431', 'header_too_large'],
  ['a long URL', `GET /${'x'.repeat(4_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, '414', 'long_url'],
  ['a body', `POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody`, '413', 'body'],
  ['a body that never comes', `${GET}Content-Length: 1000000\r\n\r\n`, '413', 'body'],
  ['Expect: 100-continue', `${GET}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n`, '413', 'body'],
  ['another expectation', `${GET}Expect: miracles\r\n\r\n`, '413', 'body'],
  ['CONNECT', 'CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n', '405', 'method'],
  [
    'Content-Length and Transfer-Encoding',
    smuggled('Content-Length: 4\r\nTransfer-Encoding: chunked'),
    '400',
    'malformed',
  ],
  [
    'Transfer-Encoding and Content-Length',
    smuggled('Transfer-Encoding: chunked\r\nContent-Length: 4'),
    '400',
    'malformed',
  ],
  ['two Content-Lengths', smuggled('Content-Length: 4\r\nContent-Length: 5'), '400', 'malformed'],
  ['a signed Content-Length', smuggled('Content-Length: +4'), '400', 'malformed'],
  ['a chunked body', smuggled('Transfer-Encoding: chunked'), '413', 'body'],
  ['an obscured Transfer-Encoding', smuggled('Transfer-Encoding: xchunked'), '413', 'body'],
  ['a space before the colon', smuggled('Content-Length : 4'), '400', 'malformed'],
  ['a folded header', `${GET}X: a\r\n Content-Length: 4\r\n\r\n`, '400', 'malformed'],
  ['bare line feeds', 'GET /metrics HTTP/1.1\nHost: a\n\n', '400', 'malformed'],
  ['one bare line feed', `${GET}X: a\n\r\n`, '400', 'malformed'],
  ['a bare carriage return', `${GET}X: a\rContent-Length: 4\r\n\r\n`, '400', 'malformed'],
  ['a zero byte', `${GET}X: \0\r\n\r\n`, '400', 'malformed'],
  ['two hosts', `${GET}Host: b\r\n\r\n`, '400', 'malformed'],
  ['HTTP/0.9', 'GET /metrics\r\n\r\n', '400', 'malformed'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400', 'malformed'],
  ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00', '400', 'malformed'],
  ['requests before the answer', `${GET}\r\n${GET}\r\n`, '', 'pipelined'],
]

function smuggled(headers: string): string {
  return `GET /metrics HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n`
}

test.each(REFUSED)(
  '%s: refused, nothing behind it is answered, said once, and scrapes go on',
  async (...refused) => {
    const [, bytes, status, reason] = refused
    const { port, scrape, warnings } = await testExposer()
    for (let each = 0; each < 2; each++) {
      const answer = await send(port, bytes)
      expect(answer.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? '').toBe(status)
      expect(answer.match(/HTTP\/1\.1/g) ?? []).toHaveLength(status === '' ? 0 : 1)
      expect(answer).not.toMatch(/ at |node:|\/packages\//)
    }
    const samples = await scrape()
    expect(samples).toMatchObject({ orders_total: 1 })
    expect(samples[`tutti_rejected_requests_total{reason="${reason}"}`]).toBe(2)
    expect(warnings).toHaveLength(1)
  },
)

test('garbage behind a request ends the connection', async () => {
  const { port, scrape } = await testExposer()
  const answer = await send(port, `GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n\x00garbage\r\n\r\n`)
  expect(answer.match(/200 OK/g)?.length ?? 0).toBeLessThanOrEqual(1)
  expect(answer).not.toContain('orders_total')
  expect((await scrape())['tutti_rejected_requests_total{reason="malformed"}']).toBe(1)
})
