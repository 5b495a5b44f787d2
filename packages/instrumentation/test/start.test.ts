import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNoopMeter, type Meter } from '@opentelemetry/api'
import { afterEach, expect, test, vi } from 'vitest'
import { type RunningInstrumentation, startInstrumentation } from '../src/index.ts'

let running: RunningInstrumentation | undefined
afterEach(() => running?.stop())

test('names what it started, and a part that cannot start is one line', () => {
  const lines: string[] = []
  const meter: Meter = createNoopMeter()
  meter.createHistogram = name => {
    throw new Error(`no ${name}`)
  }
  const env = { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,fastify,express' }
  running = startInstrumentation({
    meterProvider: { getMeter: () => meter },
    env,
    warn: line => lines.push(line),
  })
  expect(running.names).toEqual(['fastify', 'express'])
  expect(lines).toEqual([
    'instrumentation http did not start and is off: Error: no http.server.request.duration',
  ])
})

test('an instrument that throws does not disturb a request, and is one line', async () => {
  const lines: string[] = []
  const meter: Meter = createNoopMeter()
  meter.createHistogram = () => ({
    record: () => {
      throw new Error('out of order')
    },
  })
  const env = { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http' }
  running = startInstrumentation({
    meterProvider: { getMeter: () => meter },
    env,
    warn: line => lines.push(line),
  })
  const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await vi.waitUntil(() => server.listening)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (let request = 0; request < 3; request++) expect(await (await fetch(url)).text()).toBe('hello')
  await vi.waitUntil(() => lines.length > 0)
  server.close()
  expect(lines).toEqual([
    'instrumentation http failed and loses what it could not record: Error: out of order',
  ])
})

test('a meter whose instruments can be bound is asked once for each series', async () => {
  const recorded: unknown[] = []
  const bind = vi.fn((attributes: unknown) => ({ record: () => recorded.push(attributes) }))
  const meter: Meter = createNoopMeter()
  const { createHistogram } = meter
  meter.createHistogram = (name, options) =>
    name === 'http.server.request.duration'
      ? ({ record: () => recorded.push('unbound'), bind } as never)
      : createHistogram.call(meter, name, options)
  const env = { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http' }
  running = startInstrumentation({ meterProvider: { getMeter: () => meter }, env })
  const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await vi.waitUntil(() => server.listening)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (let request = 0; request < 3; request++) await (await fetch(url)).text()
  await vi.waitUntil(() => recorded.length === 3)
  server.close()
  expect(bind).toHaveBeenCalledTimes(1)
  expect(new Set(recorded)).toEqual(
    new Set([
      {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'network.protocol.version': '1.1',
        'url.scheme': 'http',
      },
    ]),
  )
})
