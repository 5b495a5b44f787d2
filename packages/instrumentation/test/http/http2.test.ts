import { once } from 'node:events'
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2'
import { Agent, request as requestHttps } from 'node:https'
import { afterEach, expect, test } from 'vitest'
import { type App, type Point, startApp } from '../app.ts'
import { createCertificate } from '../certificate.ts'

let app: App
let session: ClientHttp2Session | undefined
afterEach(async () => {
  session?.destroy()
  await app.stop()
})

async function start(PROTOCOL: string): Promise<void> {
  const certificate = PROTOCOL === 'http2-tls' ? await createCertificate() : {}
  app = await startApp('bodies.cjs', { PROTOCOL, ...certificate })
  const scheme = PROTOCOL === 'http2-tls' ? 'https' : 'http'
  session = connect(`${scheme}://127.0.0.1:${app.ready.port}`, { rejectUnauthorized: false })
}

test('a request over HTTP/2 is counted once with its version', async () => {
  await start('http2')
  for (const path of ['/', '/404', '/503', '/none']) await send({ ':path': path })
  await send({ ':path': '/', ':method': 'HEAD' })
  await send({ ':path': '/', ':method': 'POST' }, 'a'.repeat(1234))
  await send({ ':path': '/', ':method': 'UNHEARD' })
  const shared = { 'network.protocol.version': '2', 'url.scheme': 'http', value: 1 }
  expect(await points('http.server.request.duration')).toEqual([
    { 'http.request.method': 'GET', 'http.response.status_code': 200, ...shared },
    { 'http.request.method': 'GET', 'http.response.status_code': 404, ...shared },
    { 'http.request.method': 'GET', 'http.response.status_code': 503, 'error.type': '503', ...shared },
    { 'http.request.method': 'GET', 'http.response.status_code': 204, ...shared },
    { 'http.request.method': 'HEAD', 'http.response.status_code': 200, ...shared },
    { 'http.request.method': 'POST', 'http.response.status_code': 200, ...shared },
    { 'http.request.method': '_OTHER', 'http.response.status_code': 200, ...shared },
  ])
  expect((await app.points('http.server.response.body.size')).map(({ sum }) => sum)).toEqual([
    5, 5, 5, 0, 0, 5, 5,
  ])
  expect(await active()).toEqual([0, 0, 0, 0])
})

test('streams are counted without the compatible API too, but not what the server pushes', async () => {
  await start('http2-stream')
  for (const path of ['/', '/204', '/pushes']) await send({ ':path': path })
  const counts = (await points('http.server.request.duration')).map(point => [
    point['http.response.status_code'],
    point.value,
  ])
  expect(counts).toEqual([
    [200, 2],
    [204, 1],
  ])
})

test('a stream that is cut off is an error, with a status only when one was sent', async () => {
  await start('http2')
  const hanging = session!.request({ ':path': '/hang' })
  const half = session!.request({ ':path': '/half' })
  await once(half, 'response')
  await expect.poll(active).toEqual([2])
  hanging.close(8)
  half.close(8)
  await send({ ':path': '/reset' }).catch(() => {})
  await expect.poll(active).toEqual([0])
  const ends = (await points('http.server.request.duration')).map(point => [
    point['http.response.status_code'],
    point['error.type'],
    point.value,
  ])
  expect(ends).toEqual([
    [undefined, 'ECONNRESET', 2],
    [200, 'ECONNRESET', 1],
  ])
})

test('a connection that breaks ends its streams', async () => {
  await start('http2')
  const hanging = session!.request({ ':path': '/hang' })
  hanging.on('error', () => {})
  await expect.poll(active).toEqual([1])
  session!.destroy()
  await expect.poll(active).toEqual([0])
})

test('HTTP/1 on the same port keeps its version', async () => {
  await start('http2-tls')
  await send({ ':path': '/' })
  const agent = new Agent({ rejectUnauthorized: false })
  const outgoing = requestHttps({ port: app.ready.port, host: '127.0.0.1', path: '/', agent }).end()
  const [response] = await once(outgoing, 'response')
  await once(response.resume(), 'end')
  const versions = (await points('http.server.request.duration')).map(point => [
    point['network.protocol.version'],
    point['url.scheme'],
    point.value,
  ])
  expect(versions).toEqual([
    ['2', 'https', 1],
    ['1.1', 'https', 1],
  ])
})

test('a framework leaves its route on the stream', async () => {
  await start('http2-fastify')
  await send({ ':path': '/users/u1' })
  expect((await points('http.server.request.duration'))[0]!['http.route']).toBe('/users/:id')
})

async function send(headers: OutgoingHttpHeaders, body?: string): Promise<void> {
  if (body !== undefined) headers['content-length'] = body.length
  const stream = session!.request(headers)
  stream.end(body)
  stream.resume()
  await once(stream, 'close')
}

/** A client may know the end of a stream before its server does. */
async function points(name: string): Promise<(Point['attributes'] & { value: number })[]> {
  await expect.poll(async () => (await active()).every(count => count === 0)).toBe(true)
  return (await app.points(name)).map(({ attributes, value }) => ({ ...attributes, value }))
}

async function active(): Promise<number[]> {
  return (await app.points('http.server.active_requests')).map(({ value }) => value)
}
