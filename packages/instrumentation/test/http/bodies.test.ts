import { once } from 'node:events'
import { Agent, request } from 'node:https'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'
import { createCertificate } from '../certificate.ts'

let app: App
afterEach(() => app.stop())

test('a body whose length was sent is recorded as that, one without a length as what the connection sent', async () => {
  app = await startApp('bodies.cjs')
  for (const path of ['/', '/', '/none', '/chunks', '/404', '/chunks']) await app.get(path)
  await app.get('/', { method: 'HEAD' })
  expect(await sums('response')).toEqual({
    'GET 200': 10 + 2 * chunked,
    'GET 204': 0,
    'GET 404': 5,
    'HEAD 200': 0,
  })
  const [point] = (await app.collect()).metrics.filter(
    ({ name }) => name === 'http.server.response.body.size',
  )
  expect(point!.unit).toBe('By')
  expect(point!.points[0]!.value).toBe(4)
})

test('requests of one connection do not count for each other', async () => {
  app = await startApp('bodies.cjs')
  await send(get('/') + get('/chunks') + get('/none') + get('/chunks', 'Connection: close\r\n'))
  expect(await sums('response')).toEqual({ 'GET 200': 5 + 2 * chunked, 'GET 204': 0 })
})

test('the body of a request is recorded when there is one, in chunks too', async () => {
  app = await startApp('bodies.cjs')
  await app.get('/')
  await app.get('/', { method: 'POST', body: 'a'.repeat(1234) })
  await app.get('/201', { method: 'PUT', body: '' })
  await send(
    `POST /202 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n5\r\ndefgh\r\n0\r\n\r\n`,
  )
  expect(await sums('request')).toEqual({ 'POST 200': 1234, 'PUT 201': 0, 'POST 202': 8 })
})

test('what was said before the response is not of its body', async () => {
  app = await startApp('bodies.cjs')
  await send(
    `POST /201 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc${get('/chunks', 'Connection: close\r\n')}`,
  )
  expect(await sums('response')).toEqual({ 'POST 201': 5, 'GET 200': chunked })
})

test('bodies that did not arrive whole have no size', async () => {
  app = await startApp('bodies.cjs')
  const socket = connect(app.ready.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(get('/half'))
  await once(socket, 'data')
  socket.destroy()
  await expect.poll(async () => (await app.points('http.server.request.duration')).length).toBe(1)
  expect(await sums('response')).toEqual({})
})

test('over TLS the bytes are those before encryption', async () => {
  app = await startApp('bodies.cjs', { PROTOCOL: 'https', ...(await createCertificate()) })
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
  for (const path of ['/', '/chunks']) {
    const outgoing = request({ port: app.ready.port, host: '127.0.0.1', path, agent }).end()
    const [response] = await once(outgoing, 'response')
    await text(response)
  }
  agent.destroy()
  // Node learns later that encrypted bytes were sent, when the client may have them.
  await expect
    .poll(async () => (await app.points('http.server.active_requests')).map(({ value }) => value))
    .toEqual([0])
  const [point] = await app.points('http.server.response.body.size')
  expect(point).toEqual({
    attributes: {
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'network.protocol.version': '1.1',
      'url.scheme': 'https',
    },
    value: 2,
    sum: 5 + chunked,
  })
})

/** 1,000 and 500 bytes, each in a chunk with its size, and the last chunk: `3e8`, `1f4` and `0` with line ends. */
const chunked = 1000 + 500 + 7 + 7 + 5

function get(path: string, more = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`
}

async function send(bytes: string): Promise<string> {
  const socket = connect(app.ready.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  return text(socket)
}

/** `POST 200` -> the bytes of all bodies. */
async function sums(side: 'request' | 'response'): Promise<Record<string, number>> {
  const points = await app.points(`http.server.${side}.body.size`)
  return Object.fromEntries(
    points.map(({ attributes, sum }) => [
      `${attributes['http.request.method']} ${attributes['http.response.status_code']}`,
      sum!,
    ]),
  )
}
