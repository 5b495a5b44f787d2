import { startRedis } from '@tutti/test-servers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'
import { tally } from '../tally.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
let app: App
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
afterEach(() => app.stop())

const apps = ['ioredis4.cjs', 'ioredis5.cjs', 'ioredis5.mjs', 'ioredis6.cjs', 'ioredis6.mjs']

test.each(apps)('%s: each command, pipeline and transaction is one operation', async name => {
  app = await startApp(name, { REDIS_URL: redis.url })
  expect(app.ready.outcomes).toEqual([
    'OK',
    'tutti',
    null,
    'WRONGTYPE',
    'tutti',
    'OK,ann,',
    'ann,,',
    'WRONGTYPE',
    [[null, 'ann'], [{}]],
    2,
    null,
    'Connection',
  ])
  const operations = await tally(
    app,
    'db.client.operation.duration',
    'db.operation.name',
    'error.type',
    'db.response.status_code',
  )
  // What ioredis itself sends when it connects differs from version to version.
  for (const own of Object.keys(operations))
    if (/^(hello|client|select|info)\b/.test(own)) delete operations[own]
  expect(operations).toEqual({
    flushdb: 1,
    set: 1,
    get: 4,
    'lpush WRONGTYPE WRONGTYPE': 1,
    'PIPELINE incr': 1,
    'MULTI del': 1,
    PIPELINE: 1,
    mget: 1,
    hset: 1,
    hget: 2,
    hmget: 1,
    hgetall: 2,
    'get WRONGTYPE WRONGTYPE': 1,
    'MULTI WRONGTYPE WRONGTYPE': 1,
    'PIPELINE WRONGTYPE WRONGTYPE': 1,
    quit: 1,
    'get Error': 1,
  })
  const { hostname, port } = new URL(redis.url)
  for (const { attributes } of await app.points('db.client.operation.duration')) {
    expect(attributes).toMatchObject({
      'db.system.name': 'redis',
      'db.namespace': '2',
      'server.address': hostname,
      'server.port': Number(port),
    })
  }
  expect((await app.collect()).warnings).toEqual([])
})

test.each(apps)('%s: values that were asked for are hits, misses and failures by key pattern', async name => {
  app = await startApp(name, { REDIS_URL: redis.url })
  expect(await tally(app, 'cache.requests', 'cache.key.pattern', 'cache.result', 'error.type')).toEqual({
    '* hit': 2,
    '* miss': 1,
    'user:*:profile hit': 2,
    'user:*:profile miss': 2,
    'session:* miss': 2,
    'cart:* hit': 3,
    'cart:* miss': 4,
    'cart:* failure WRONGTYPE': 1,
    'shop:basket:* miss': 1,
    'shop:basket:* failure Error': 1,
  })
})

test('patterns that the app lists are the only labels', async () => {
  app = await startApp('ioredis6.cjs', {
    REDIS_URL: redis.url,
    TUTTI_CACHE_KEY_PATTERNS: 'user:*:profile, shop:*',
  })
  expect(await tally(app, 'cache.requests', 'cache.key.pattern', 'cache.result')).toEqual({
    'user:*:profile hit': 2,
    'user:*:profile miss': 2,
    'shop:* miss': 1,
    'shop:* failure': 1,
    'other hit': 5,
    'other miss': 7,
    'other failure': 1,
  })
})

test('a copy that no hook can see is recorded from the channel that it publishes', async () => {
  app = await startApp('ioredis-channel.cjs', {})
  expect(
    await tally(app, 'db.client.operation.duration', 'db.operation.name', 'error.type', 'db.namespace'),
  ).toEqual({
    'get 3': 2,
    'hget 3': 1,
    'lpush WRONGTYPE 3': 1,
  })
  expect(await tally(app, 'cache.requests', 'cache.key.pattern', 'cache.result')).toEqual({
    'user:* hit': 1,
    'user:* miss': 1,
    '* hit': 1,
  })
})

test('a rejection that the app does not handle stays unhandled', async () => {
  app = await startApp('ioredis-unhandled.cjs', { REDIS_URL: redis.url })
  expect(app.ready.unhandled).toBe('WRONGTYPE')
})
