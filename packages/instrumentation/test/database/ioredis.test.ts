import { startRedis } from '@tutti/test-servers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
let app: App
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())
afterEach(() => app.stop())

describe.each(['ioredis5.cjs', 'ioredis5.mjs', 'ioredis6.cjs', 'ioredis6.mjs'])('%s', name => {
  test('records each command once, with its name, its database and the kind of its error', async () => {
    app = await startApp(name, { REDIS_URL: redis.url })
    expect(app.ready.outcomes).toEqual(['OK', 'tutti', null, 'WRONGTYPE', 'tutti'])

    const points = await app.points('db.client.operation.duration')
    const commands = points.filter(
      ({ attributes }) => !ownCommands.has(String(attributes['db.operation.name'])),
    )
    const { hostname, port } = new URL(redis.url)
    for (const { attributes } of commands) {
      expect(attributes).toMatchObject({
        'db.system.name': 'redis',
        'db.namespace': '2',
        'server.address': hostname,
        'server.port': Number(port),
      })
    }
    expect(
      Object.fromEntries(
        commands.map(({ attributes, value }) => [
          [attributes['db.operation.name'], attributes['error.type']].filter(Boolean).join(' '),
          value,
        ]),
      ),
    ).toEqual({ set: 1, get: 3, 'lpush WRONGTYPE': 1, incr: 2, multi: 1, del: 1, exec: 1 })
  })
})

test('a rejection that the app does not handle stays unhandled', async () => {
  app = await startApp('ioredis-unhandled.cjs', { REDIS_URL: redis.url })
  expect(app.ready.unhandled).toBe('WRONGTYPE')
})

/** What ioredis itself sends when it connects, which differs from version to version. */
const ownCommands = new Set(['info', 'select', 'client', 'hello'])
