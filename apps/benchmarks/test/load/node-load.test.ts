import { execFile } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import type { Load } from '../../src/load/load.ts'

vi.setConfig({ testTimeout: 60_000 })

const script = fileURLToPath(new URL('../../dist/load/node-load-process.mjs', import.meta.url))

async function load(listener: RequestListener, headers = '{}'): Promise<Load> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hello`
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, url, '0.3', '4', headers])
    return JSON.parse(stdout)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test.each(['of one piece', 'in chunks'])('without wrk, answers %s are counted one by one', async how => {
  let answered = 0
  const { requests } = await load((_request, response) => {
    answered++
    if (how === 'in chunks') response.write('hel')
    response.end('hello')
  })
  expect(requests).toBeGreaterThan(4)
  expect(answered - requests).toBeGreaterThanOrEqual(0)
  expect(answered - requests).toBeLessThanOrEqual(4)
})

test('an answer that is an error ends it', async () => {
  const failing = load((_request, response) => response.writeHead(500).end())
  await expect(failing).rejects.toThrow('answered HTTP/1.1 500')
})

test('every request has the headers that were asked for', async () => {
  const tokens = new Set<string | undefined>()
  await load((request, response) => {
    tokens.add(request.headers.authorization)
    response.end('hello')
  }, '{"authorization":"Bearer secret"}')
  expect([...tokens]).toEqual(['Bearer secret'])
})
