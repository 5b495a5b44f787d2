import { once } from 'node:events'
import { startPostgres } from '@tutti/test-servers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type App, type Point, startApp } from '../app.ts'

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
