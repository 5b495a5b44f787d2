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

const apps = ['redis4.cjs', 'redis5.cjs', 'redis6.cjs', 'redis6.mjs']

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
    'failed',
    null,
    'The',
  ])
  const operations = await tally(
    app,
    'db.client.operation.duration',
    'db.operation.name',
    'error.type',
    'db.response.status_code',
  )
  // What the client itself sends when it connects differs from version to version.
  for (const own of Object.keys(operations))
    if (/^(HELLO|CLIENT|SELECT|INFO)\b/.test(own)) delete operations[own]
  expect(operations).toEqual({
    FLUSHDB: 1,
    SET: 1,
    GET: 4,
    'LPUSH WRONGTYPE WRONGTYPE': 1,
    // 4 sends the commands of a pipeline as if they had been called one by one.
    ...(name === 'redis4.cjs' ? { INCR: 2, SET: 2, GET: 6 } : { 'PIPELINE INCR': 1, PIPELINE: 1 }),
    'MULTI DEL': 1,
    'MULTI WRONGTYPE WRONGTYPE': 1,
    MGET: 1,
    HSET: 1,
    HGET: 2,
    HMGET: 1,
    HGETALL: 2,
    'GET WRONGTYPE WRONGTYPE': 1,
    QUIT: 1,
    'GET ClientClosedError': 1,
  })
  const { hostname, port } = new URL(redis.url)
  for (const { attributes } of await app.points('db.client.operation.duration')) {
    expect(attributes).toMatchObject({
      'db.system.name': 'redis',
      'server.address': hostname,
      'server.port': Number(port),
    })
    if (attributes['db.operation.name'] === 'GET') expect(attributes['db.namespace']).toBe('2')
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
    'session:* miss': 1,
    'cart:* hit': 3,
    'cart:* miss': 4,
    'cart:* failure WRONGTYPE': 1,
    'basket:* miss': 1,
    'basket:* failure ClientClosedError': 1,
  })
})

test('redis that is switched off records nothing and works', async () => {
  app = await startApp('redis6.cjs', { REDIS_URL: redis.url, OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'redis' })
  expect(app.ready.outcomes).toHaveLength(11)
  const { metrics } = await app.collect()
  expect(metrics.filter(({ name }) => /^(db|cache)\./.test(name))).toEqual([])
})
