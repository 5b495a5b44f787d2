import { channel } from 'node:diagnostics_channel'
import { createNoopMeter } from '@opentelemetry/api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startFastify } from '../../../src/http/routes/fastify.ts'
import { type RoutedMessage, routeOf } from '../../../src/http/routes/route.ts'
import type { InstrumentationContext } from '../../../src/instrumentation.ts'

type Hook = (request: object, reply: { raw: RoutedMessage }, done: () => void) => void

let stop = (): void => {}
let hook: Hook

/** What Fastify says of a request, and how often it was asked in public. */
beforeEach(() => {
  stop = startFastify({
    meter: createNoopMeter(),
    env: {},
    warn: () => {},
  } as unknown as InstrumentationContext)
  const fastify = { addHook: (_name: string, added: Hook) => (hook = added) }
  channel('fastify.initialization').publish({ fastify })
})
afterEach(() => stop())

let asked = 0
const contextKey = Symbol('fastify.context')

function route(url: string | undefined, contextUrl: string | undefined = url): string | undefined {
  asked = 0
  const request = {
    [contextKey]: { config: { url: contextUrl } },
    is404: url === undefined,
    get routeOptions() {
      asked++
      return { url }
    },
  }
  const raw: RoutedMessage = {}
  let isDone = false
  hook(request, { raw }, () => {
    isDone = true
  })
  expect(isDone).toBe(true)
  return routeOf(raw)
}

test('routeOptions, which Fastify makes anew for each reader, is read of one request only', () => {
  expect([route('/users/:id'), asked]).toEqual(['/users/:id', 1])
  expect([route('/other'), asked]).toEqual(['/other', 0])
  expect([route(undefined), asked]).toEqual([undefined, 0])
})

test('a request that matched nothing proves nothing: the next one is still compared', () => {
  expect([route(undefined), asked]).toEqual([undefined, 0])
  expect([route('/users/:id'), asked]).toEqual(['/users/:id', 1])
  expect([route('/users/:id'), asked]).toEqual(['/users/:id', 0])
})

test('a private context that says something else is never believed', () => {
  expect(route('/users/:id', '/private')).toBe('/users/:id')
  expect([route('/other'), asked]).toEqual(['/other', 1])
})
