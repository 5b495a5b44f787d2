import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { servePages } from '../../src/exposer/serve-pages.ts'

test('nothing is read for those who have gone before their page was begun', async () => {
  let updates = 0
  const source = {
    update: () => void updates++,
    render: () => [Buffer.from('orders_total 1\n')],
  }
  const pages = servePages(source, { warn() {} })
  const request = { headers: {} } as IncomingMessage
  const gone = { destroyed: true, setHeader() {} } as unknown as ServerResponse
  pages.serve(request, gone)
  await turn()
  await turn()
  expect(updates).toBe(0)
  const isReady = await new Promise<boolean>(resolve => pages.check(resolve))
  expect([isReady, updates]).toEqual([true, 1])
})
