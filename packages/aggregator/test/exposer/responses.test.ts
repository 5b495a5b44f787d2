import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Page, Pages } from '../../src/exposer/pages.ts'
import { Responses } from '../../src/exposer/responses.ts'

test('a page that was made for a client who is gone is not kept', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = request({ port, host: '127.0.0.1', agent: false }).on('error', () => {})
  client.end()
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
  client.destroy()
  await once(response, 'close')
  const pages = new Pages()
  const page = new Page(pages)
  page.add(Buffer.from('orders_total 1\n'))
  page.end()
  new Responses(pages, () => {}).send(response, page)
  expect(pages.heldCount).toBe(0)
})
