import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'
import { countRequests } from '../requests.ts'

let app: App
beforeEach(async () => {
  app = await startApp('plain.cjs')
})
afterEach(() => app.stop())

test('a request is counted once with its method, status and scheme, and without a URL', async () => {
  await app.get('/200?id=1')
  await app.get('/404')
  await app.get('/503')
  await app.get('/200', { method: 'HEAD' })
  const points = await app.points('http.server.request.duration')
  const shared = { 'url.scheme': 'http', 'network.protocol.version': '1.1', value: 1 }
  expect(points.map(({ attributes, value }) => ({ ...attributes, value }))).toEqual([
    { 'http.request.method': 'GET', 'http.response.status_code': 200, ...shared },
    { 'http.request.method': 'GET', 'http.response.status_code': 404, ...shared },
    { 'http.request.method': 'GET', 'http.response.status_code': 503, 'error.type': '503', ...shared },
    { 'http.request.method': 'HEAD', 'http.response.status_code': 200, ...shared },
  ])
  expect(points[0]!.sum).toBeGreaterThan(0.004)
  expect(points[0]!.sum).toBeLessThan(5)
})

test('a method that the semantic conventions do not know is _OTHER', async () => {
  await send('PROPFIND /200 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  await send('MKCOL /200 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(await countRequests(app)).toEqual({ '_OTHER 200 -': 2 })
})

test('requests that share a connection are each counted once, one after another and pipelined', async () => {
  const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`
  await send(get('/201') + get('/202') + get('/500') + get('/201', 'Connection: close\r\n'))
  expect(await countRequests(app)).toEqual({ 'GET 201 -': 2, 'GET 202 -': 1, 'GET 500 - 500': 1 })
  expect(await active()).toEqual([0])
})

test('requests whose client went away are errors, with a status only when one was sent', async () => {
  for (const path of ['/hang', '/half']) {
    const socket = await open()
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)
    await until(async () => (await active())[0] === 1)
    socket.destroy()
    await until(async () => (await active())[0] === 0)
  }
  expect(await countRequests(app)).toEqual({ 'GET - - ECONNRESET': 1, 'GET 200 - ECONNRESET': 1 })
})

test('pipelined requests that still wait when the connection breaks do not stay active', async () => {
  const socket = await open()
  socket.write(['/hang', '/201', '/202'].map(path => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''))
  await until(async () => (await active())[0] === 3)
  socket.destroy()
  await until(async () => (await active())[0] === 0)
  const counts = Object.values(await countRequests(app))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3)
})

test('active requests rise and fall by method and scheme', async () => {
  const socket = await open()
  socket.write('GET /hang HTTP/1.1\r\nHost: a\r\n\r\n')
  await until(async () => (await active())[0] === 1)
  const [point] = await app.points('http.server.active_requests')
  expect(point).toEqual({ attributes: { 'http.request.method': 'GET', 'url.scheme': 'http' }, value: 1 })
  socket.destroy()
  await until(async () => (await active())[0] === 0)
})

async function active(): Promise<number[]> {
  return (await app.points('http.server.active_requests')).map(({ value }) => value)
}

async function open(): Promise<Socket> {
  const socket = connect(app.ready.port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function send(bytes: string): Promise<string> {
  const socket = await open()
  socket.write(bytes)
  return text(socket)
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 250; attempt++) {
    if (await condition()) return
    await delay(20)
  }
  throw new Error('what the test waits for did not come')
}
