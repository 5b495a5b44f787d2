import { once } from 'node:events'
import { startPostgres } from '@tutti/test-servers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'
import { tally } from '../tally.ts'

let database: Awaited<ReturnType<typeof startPostgres>>
let app: App
beforeAll(async () => {
  database = await startPostgres()
})
afterAll(() => database.stop())
afterEach(() => app.stop())

async function run(options: object): Promise<unknown> {
  app.process.send(options)
  const [answer] = await once(app.process, 'message')
  return answer
}

async function migrations(): Promise<Record<string, number>[]> {
  return [
    await tally(app, 'db.client.migrations.applied', 'db.collection.name'),
    await tally(app, 'db.client.migrations.pending', 'db.collection.name'),
  ]
}

test('node-pg-migrate: what the database has and lacks, before, during and after', async () => {
  app = await startApp('node-pg-migrate.mjs', { DATABASE_URL: database.url })
  expect(await migrations()).toEqual([{}, {}])
  expect(await run({ direction: 'up', count: 1 })).toEqual({ done: 1 })
  expect(await migrations()).toEqual([{ test_migration: 1 }, { test_migration: 2 }])
  expect(await run({ direction: 'up', dryRun: true })).toEqual({ done: 2 })
  expect(await migrations()).toEqual([{ test_migration: 1 }, { test_migration: 2 }])
  expect(await run({ direction: 'up', singleTransaction: false })).toEqual({ done: 2 })
  expect(await migrations()).toEqual([{ test_migration: 3 }, { test_migration: 0 }])
  expect(await run({ direction: 'down', singleTransaction: true })).toEqual({ done: 1 })
  expect(await migrations()).toEqual([{ test_migration: 2 }, { test_migration: 1 }])

  app.process.send('break')
  expect(await run({ direction: 'up', singleTransaction: true })).toEqual({ failed: '22012' })
  expect(await migrations()).toEqual([{ test_migration: 2 }, { test_migration: 2 }])
  expect(await run({ direction: 'up', singleTransaction: false })).toEqual({ failed: '22012' })
  expect(await migrations()).toEqual([{ test_migration: 3 }, { test_migration: 1 }])
  expect((await app.collect()).warnings).toEqual([])
})

test('any other tool says what it found on the channel, and its table is followed from there on', async () => {
  app = await startApp('migrations-channel.cjs', { DATABASE_URL: database.url })
  expect(await migrations()).toEqual([{ schema_migrations: 6 }, { schema_migrations: 1 }])
})
