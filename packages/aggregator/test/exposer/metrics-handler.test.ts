import { readdirSync, readlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { type MetricsHandler, metricsHandler } from '../../src/exposer/metrics-handler.ts'
import { parsePlainly, steady } from '../page.ts'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

async function listening(server: Server): Promise<string> {
  if (!server.listening) await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
}

const APPS: [name: string, start: (handler: MetricsHandler) => Promise<string>][] = [
  ['node:http', handler => listening(createServer(handler))],
  ['Express', handler => listening(createServer(express().get('/metrics', handler)))],
  [
    'Fastify',
    async handler => {
      const app = fastify()
      app.get('/metrics', (request, reply) => {
        reply.hijack()
        handler(request.raw, reply.raw)
      })
      onTestFinished(() => app.close())
      await app.listen({ port: 0, host: '127.0.0.1' })
      return listening(app.server)
    },
  ],
]

test.each(APPS)('%s serves the page beside its own routes', async (_name, start) => {
  const { meter, directory } = testProvider({
    resource: { attributes: { 'service.name': 'shop', 'process.owner': 'root' } },
  })
  meter.createCounter('orders').add(2)
  const handler = metricsHandler({ directory })
  onTestFinished(() => handler.close())
  const url = await start(handler)
  const page = await fetch(url, { headers: { accept: 'text/plain' } })
  const text = steady(await page.text())
  expect(parsePlainly(text)).toMatchObject({ orders_total: 2 })
  expect(text).toContain('target_info{service_name="shop"} 1')
  expect(page.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const pages = await Promise.all(
    Array.from({ length: 20 }, () => fetch(url).then(async each => steady(await each.text()))),
  )
  expect(new Set(pages)).toEqual(new Set([text]))
  const head = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(text.length)
})

test('closed, it keeps no file of the directory open; asked again, it serves again', async () => {
  const directory = temporaryDirectory()
  const { meter } = testProvider({ directory })
  meter.createCounter('orders').add(1)
  const openFiles = () =>
    readdirSync('/proc/self/fd').filter(fd => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory)
      } catch {
        return false
      }
    }).length
  const before = openFiles()
  const handler = metricsHandler({ directory })
  const url = await listening(createServer(handler))
  for (let each = 0; each < 3; each++) {
    expect(parsePlainly(await (await fetch(url)).text())).toMatchObject({ orders_total: 1, tutti_writers: 1 })
    expect(openFiles()).toBeGreaterThan(before)
    handler.close()
    expect(openFiles()).toBe(before)
  }
})

test('the dead are folded by whoever serves the page, so an app without an exposer keeps few files, too', async () => {
  const { meter, provider, directory } = testProvider()
  meter.createCounter('orders').add(1)
  const handler = metricsHandler({ directory })
  onTestFinished(() => handler.close())
  const url = await listening(createServer(handler))
  const pages = [
    async () => (await fetch(url)).text(),
    async () => (await provider.render('text/plain')).body.toString(),
  ]
  for (const [round, page] of pages.entries()) {
    for (let each = 0; each < 3; each++) {
      const worker = testProvider({ directory })
      worker.meter.createCounter('orders').add(1)
      await worker.provider.shutdown()
    }
    expect(parsePlainly(await page())).toMatchObject({
      orders_total: 1 + 3 * (round + 1),
      tutti_folded_segments_total: 3 * (round + 1),
      tutti_segments: 1,
    })
    expect(readdirSync(directory).filter(name => name.endsWith('.segment'))).toEqual(['0.segment'])
  }
})
