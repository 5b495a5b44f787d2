import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, type Point, startApp } from '../app.ts'
import { createCertificate } from '../certificate.ts'

let server: Server
let port: number
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/hang') return
    if (request.url === '/half') {
      response.writeHead(200, { 'content-length': 10 }).write('half')
      setTimeout(() => request.socket.destroy(), 20)
      return
    }
    if (request.url === '/slow') {
      response.write('slow')
      setTimeout(() => response.end(), 60)
      return
    }
    response.statusCode = Number(request.url?.slice(1)) || 200
    if (response.statusCode === 302) response.setHeader('location', '/200')
    response.end(request.method === 'HEAD' ? undefined : 'hello')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

let app: App
beforeEach(async () => {
  app = await startApp('client.cjs')
})
afterEach(() => app.stop())

describe.each(['http', 'fetch', 'undici', 'undici7'])('%s', client => {
  test('a request is counted once, with its origin, method and status', async () => {
    const requests = [
      ['GET', '/200'],
      ['GET', '/200'],
      ['POST', '/201'],
      ['HEAD', '/200'],
      ['GET', '/204'],
    ]
    for (const [method, path] of requests) expect(await send({ client, method, path })).toBe('ok')
    const shared = { ...origin(), 'network.protocol.version': '1.1' }
    const ok = { ...shared, 'http.response.status_code': 200 }
    expect(await recorded()).toEqual([
      { attributes: { ...ok, 'http.request.method': 'GET' }, count: 2 },
      {
        attributes: { ...shared, 'http.request.method': 'POST', 'http.response.status_code': 201 },
        count: 1,
      },
      { attributes: { ...ok, 'http.request.method': 'HEAD' }, count: 1 },
      {
        attributes: { ...shared, 'http.request.method': 'GET', 'http.response.status_code': 204 },
        count: 1,
      },
    ])
  })

  test('answers from 400 on are errors of the status', async () => {
    for (const path of ['/404', '/503']) await send({ client, path })
    expect(await errors()).toEqual({ '404 404': 1, '503 503': 1 })
  })

  test('the time ends with the body', async () => {
    await send({ client, path: '/slow' })
    const [point] = await durations()
    expect(point!.sum).toBeGreaterThan(0.05)
    expect(point!.sum).toBeLessThan(5)
  })

  test('a request that has no response says why', async () => {
    const refused = `http://127.0.0.1:${await closedPort()}/`
    await send({ client, url: refused })
    await send({ client, url: 'http://no-such-host.invalid/' })
    await send({ client, path: '/hang', abortMs: 400 })
    await send({ client, path: '/hang', timeoutMs: 400 })
    const points = await errors()
    const dns = Object.keys(points).filter(key => /^- (ENOTFOUND|EAI_AGAIN)$/.test(key))
    expect(dns).toHaveLength(1)
    expect(points).toEqual({ '- ECONNREFUSED': 1, [dns[0]!]: 1, '- AbortError': 1, '- TimeoutError': 1 })
    const failed = (await durations()).find(({ attributes }) => attributes['error.type'] === 'ECONNREFUSED')
    expect(failed!.attributes['server.port']).toBe(Number(new URL(refused).port))
    expect(failed!.attributes['network.protocol.version']).toBe(undefined)
  })

  test('a response that breaks off is an error with a status', async () => {
    await send({ client, path: '/half' })
    const [key] = Object.keys(await errors())
    expect(key).toMatch(/^200 (ECONNRESET|UND_ERR_SOCKET)$/)
    expect(await errors()).toEqual({ [key!]: 1 })
  })
})

test('the time ends with the response, though the request is still being sent', async () => {
  await send({ client: 'http', path: '/200', method: 'POST', endAfterMs: 2000 })
  const [point] = await durations()
  expect(point!.value).toBe(1)
  expect(point!.sum).toBeLessThan(1.5)
})

test('a request over TLS has its scheme and the port that its URL leaves out', async () => {
  const { TLS_CERT: cert, TLS_KEY: key } = await createCertificate()
  const secure = createSecureServer({ cert, key }, (_request, response) => response.end()).listen(
    0,
    '127.0.0.1',
  )
  await once(secure, 'listening')
  const securePort = (secure.address() as AddressInfo).port
  await send({ client: 'https', url: `https://127.0.0.1:${securePort}/`, rejectUnauthorized: false })
  secure.closeAllConnections()
  secure.close()
  await send({ client: 'https', url: 'https://no-such-host.invalid/' })
  expect((await recorded()).map(({ attributes }) => attributes)).toMatchObject([
    { 'server.address': '127.0.0.1', 'server.port': securePort, 'url.scheme': 'https' },
    { 'server.address': 'no-such-host.invalid', 'server.port': 443, 'url.scheme': 'https' },
  ])
})

test('fetch follows a redirect with a second request', async () => {
  await send({ client: 'fetch', path: '/302' })
  expect(await errors()).toEqual({ '302': 1, '200': 1 })
})

test('undici names its own timeout', async () => {
  await send({ client: 'undici.request', path: '/hang', timeoutMs: 30 })
  expect(await errors()).toEqual({ '- UND_ERR_HEADERS_TIMEOUT': 1 })
})

test('a response that the app gives up on is an error with a status', async () => {
  await send({ client: 'http', path: '/slow', destroyOnResponse: true })
  expect(await errors()).toEqual({ '200 ECONNRESET': 1 })
})

test('the port is the real one when the app writes the Host header', async () => {
  await send({ client: 'http', path: '/200', headers: { host: 'elsewhere.example' } })
  expect((await recorded())[0]!.attributes).toMatchObject({
    'server.address': '127.0.0.1',
    'server.port': port,
  })
})

test('a Unix socket is an address without a port', async () => {
  const socketPath = join(tmpdir(), `tutti-client-${process.pid}.sock`)
  const local = createServer((_request, response) => response.end()).listen(socketPath)
  await once(local, 'listening')
  await send({ client: 'http', socketPath })
  local.close()
  const { attributes } = (await recorded())[0]!
  expect(attributes['server.address']).toBe(socketPath)
  expect(attributes).not.toHaveProperty('server.port')
})

test('a method that the semantic conventions do not know is _OTHER', async () => {
  await send({ client: 'http', path: '/200', method: 'PROPFIND' })
  expect((await recorded())[0]!.attributes['http.request.method']).toBe('_OTHER')
})

test('what OpenTelemetry exporters send is not counted', async () => {
  await send({ client: 'http', path: '/200', headers: { 'User-Agent': 'x OTel-OTLP-Exporter-JavaScript/1' } })
  expect(await recorded()).toEqual([])
})

function origin(): Record<string, string | number> {
  return { 'server.address': '127.0.0.1', 'server.port': port, 'url.scheme': 'http' }
}

/** Asks the app for a request to our server, unless it says another address. */
async function send({ path = '/', ...options }: Record<string, unknown>): Promise<string> {
  app.process.send(
    'url' in options || 'socketPath' in options
      ? { path, ...options }
      : { ...options, url: `http://127.0.0.1:${port}${path}` },
  )
  const [message] = await once(app.process, 'message')
  return message
}

async function durations(): Promise<Point[]> {
  return app.points('http.client.request.duration')
}

async function recorded(): Promise<{ attributes: Point['attributes']; count: number }[]> {
  return (await durations()).map(({ attributes, value }) => ({ attributes, count: value }))
}

/** `503 503` -> 1: the status, or -, and the type of the error if it was one. */
async function errors(): Promise<Record<string, number>> {
  const points = await durations()
  return Object.fromEntries(
    points.map(({ attributes, value }) => {
      const parts = [attributes['http.response.status_code'] ?? '-', attributes['error.type']]
      return [parts.filter(part => part !== undefined).join(' '), value]
    }),
  )
}

async function closedPort(): Promise<number> {
  const probe = createTcpServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const closed = (probe.address() as AddressInfo).port
  probe.close()
  await once(probe, 'close')
  return closed
}
