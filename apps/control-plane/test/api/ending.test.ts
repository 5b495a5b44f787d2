import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { buildServer } from '../../src/api/server.ts'

test('what arrives on an open connection while the API ends is answered, and then the connection is closed', async () => {
  const answered = Promise.withResolvers<object>()
  const asked = Promise.withResolvers<void>()
  // A database that takes its time: the first request is still under way when the end begins.
  const query = () => {
    asked.resolve()
    return answered.promise
  }
  const server = await buildServer({
    ...{ pool: { query } as unknown as Pool, cache: undefined, queue: undefined, ringSoakMs: 0 },
    ...{ tokenFreshMs: 0, fetchLimits: { timeoutMs: 1_000, trustedOrigin: undefined } },
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', chunk => {
    text += chunk
  })
  socket.write('GET /readyz HTTP/1.1\r\nhost: a\r\n\r\n')
  await asked.promise
  const closed = server.close()
  socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n')
  await once(server.server, 'request')
  answered.resolve({ rows: [] })
  await closed
  if (!socket.closed) await once(socket, 'close')
  expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200'])
  expect(text).toMatch(/connection: close\r\n[\s\S]*\{"status":"ok"\}$/i)
})
