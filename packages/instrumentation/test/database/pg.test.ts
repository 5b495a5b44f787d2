import { once } from 'node:events'
import { startPostgres } from '@tutti/test-servers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type App, type Point, startApp } from '../app.ts'
import { tally } from '../tally.ts'

let database: Awaited<ReturnType<typeof startPostgres>>
let app: App
beforeAll(async () => {
  database = await startPostgres()
})
afterAll(() => database.stop())
afterEach(() => app.stop())

describe.each(['pg.cjs', 'pg.mjs'])('%s', name => {
  test('records each query once, with its operation, its database and the kind of its error', async () => {
    app = await startApp(name, { DATABASE_URL: database.url })
    expect(app.ready.outcomes).toEqual([null, 2, 2, '42P01', 1, '22P02', 2, 0, 1, 1, '42P01'])

    const points = await app.points('db.client.operation.duration')
    const { hostname, port } = new URL(database.url)
    const server = {
      'db.system.name': 'postgresql',
      'db.namespace': 'postgres',
      'server.address': hostname,
      'server.port': Number(port),
    }
    expect(points).toHaveLength(6)
    for (const { attributes } of points) expect(attributes).toMatchObject(server)
    expect(Object.fromEntries(points.map(point => [describePoint(point), point.value]))).toEqual({
      CREATE: 1,
      INSERT: 1,
      SELECT: 4,
      'SELECT 42P01': 2,
      'SELECT 22P02': 1,
      DELETE: 2,
    })
  })

  test('tells how each pool stands, pools of one name together, and nothing once they have ended', async () => {
    app = await startApp(name, { DATABASE_URL: database.url })
    const { port } = new URL(database.url)
    const near = `127.0.0.1:${port}/postgres`
    const far = `localhost:${port}/postgres`
    expect(await poolStates()).toEqual({
      [`${near} idle`]: 0,
      [`${near} used`]: 3,
      [`${far} idle`]: 0,
      [`${far} used`]: 2,
    })
    expect(await pools('db.client.connection.max')).toEqual({ [near]: 8, [far]: 2 })
    expect(await pools('db.client.connection.pending_requests')).toEqual({ [near]: 0, [far]: 3 })

    app.process.send('finish')
    await once(app.process, 'message')
    expect(await poolStates()).toEqual({
      [`${near} idle`]: 0,
      [`${near} used`]: 0,
      [`${far} idle`]: 0,
      [`${far} used`]: 0,
    })
    expect(await pools('db.client.connection.max')).toEqual({ [near]: 0, [far]: 0 })
  })
})

test('rows that stay changed are counted by table, by what the server says of them', async () => {
  app = await startApp('pg-rows.cjs', { DATABASE_URL: database.url })
  expect(await tally(app, 'db.client.model.operations', 'db.collection.name', 'db.operation.name')).toEqual({
    'plain INSERT': 5,
    'plain UPDATE': 6,
    'plain DELETE': 1,
    'plain MERGE': 2,
    'shop.Orders INSERT': 10,
    '_OTHER INSERT': 1,
    'kept INSERT': 7,
    'kept DELETE': 2,
    'kept COPY': 2,
  })
  for (const { attributes } of await app.points('db.client.model.operations')) {
    expect(attributes).toMatchObject({ 'db.system.name': 'postgresql', 'db.namespace': 'postgres' })
  }
  expect((await app.collect()).warnings).toEqual([])
})

test('a cursor, a stream and a query object are timed until they are read, closed or failed', async () => {
  app = await startApp('pg-cursor.cjs', { DATABASE_URL: database.url })
  expect(app.ready.outcomes).toEqual([3, 2, 1, '42P01', 2, 500, '22012', 2, '42P01', 1])
  const names = ['db.operation.name', 'error.type', 'db.response.status_code']
  expect(await tally(app, 'db.client.operation.duration', ...names)).toEqual({
    CREATE: 1,
    SELECT: 4,
    'SELECT 42P01 42P01': 2,
    'SELECT 22012 22012': 1,
    INSERT: 1,
    UPDATE: 1,
  })
  expect(await tally(app, 'db.client.model.operations', 'db.collection.name', 'db.operation.name')).toEqual({
    'rings INSERT': 2,
    'rings UPDATE': 2,
  })
})

test('connections that are opened, refused, waited for in vain and used have their pool as their name', async () => {
  app = await startApp('pg-pools.cjs', { DATABASE_URL: database.url })
  const timeout = 'timeout exceeded when trying to connect'
  expect(app.ready.outcomes).toEqual(['ok', timeout, timeout, 'ok', '42P01', '3D000', 'ECONNREFUSED', 'ok'])
  const { port } = new URL(database.url)
  const name = 'db.client.connection.pool.name'
  const server = `127.0.0.1:${port}`
  expect(await tally(app, 'db.client.connection.opened', name)).toEqual({
    [`${server}/template1`]: 2,
    [`${server}/postgres`]: 1,
  })
  expect(await tally(app, 'db.client.connection.create_time', name)).toEqual({
    [`${server}/template1`]: 2,
    [`${server}/postgres`]: 1,
  })
  expect(await tally(app, 'db.client.connection.failed', name, 'error.type')).toEqual({
    [`${server}/missing 3D000`]: 1,
    '127.0.0.1:1/closed ECONNREFUSED': 1,
  })
  expect(await tally(app, 'db.client.connection.timeouts', name)).toEqual({ [`${server}/postgres`]: 2 })
  expect(await tally(app, 'db.client.connection.wait_time', name)).toEqual({
    [`${server}/template1`]: 1,
    [`${server}/postgres`]: 3,
  })
  expect(await tally(app, 'db.client.connection.use_time', name)).toEqual({
    [`${server}/template1`]: 1,
    [`${server}/postgres`]: 3,
  })
  expect(await tally(app, 'db.client.connection.max', name)).toEqual({
    [`${server}/template1`]: 4,
    [`${server}/postgres`]: 1,
    [`${server}/missing`]: 10,
  })
  app.process.send('finish')
  await once(app.process, 'message')
  const states = Object.values(
    await tally(app, 'db.client.connection.count', name, 'db.client.connection.state'),
  )
  expect(states).toEqual([0, 0, 0, 0, 0, 0])
})

test('pg that is switched off records nothing and works', async () => {
  app = await startApp('pg.cjs', { DATABASE_URL: database.url, OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http' })
  expect(app.ready.outcomes).toHaveLength(11)
  const { metrics, names } = await app.collect()
  expect(names).toEqual(['http'])
  expect(metrics.filter(({ name }) => name.startsWith('db.'))).toEqual([])
})

function describePoint({ attributes }: Point): string {
  return [attributes['db.operation.name'], attributes['error.type']].filter(Boolean).join(' ')
}

async function poolStates(): Promise<Record<string, number>> {
  const points = await app.points('db.client.connection.count')
  return Object.fromEntries(
    points.map(({ attributes, value }) => [
      `${attributes['db.client.connection.pool.name']} ${attributes['db.client.connection.state']}`,
      value,
    ]),
  )
}

async function pools(metric: string): Promise<Record<string, number>> {
  const points = await app.points(metric)
  return Object.fromEntries(
    points.map(({ attributes, value }) => [attributes['db.client.connection.pool.name'], value]),
  )
}
