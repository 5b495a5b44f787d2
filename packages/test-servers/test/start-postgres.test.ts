import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startPostgres } from '@tutti/test-servers'
import pg from 'pg'
import { afterEach, expect, test, vi } from 'vitest'
import { alive } from './alive.ts'

afterEach(() => vi.unstubAllEnvs())

test('starts a real PostgreSQL 18 on loopback and ends it at stop', async () => {
  const server = await startPostgres()
  expect(new URL(server.url).hostname).toBe('127.0.0.1')
  expect(await ask(server.url, 'show server_version_num')).toMatch(/^18/)
  const files = await ask(server.url, 'show data_directory')
  expect(existsSync(files)).toBe(true)
  await server.stop()
  expect(alive(server.pid)).toBe(false)
  expect(existsSync(files)).toBe(false)
  await server.stop()
})

test('starts under a locale that the machine does not have', async () => {
  vi.stubEnv('LC_ALL', 'xx_YY.UTF-8')
  vi.stubEnv('LANG', 'xx_YY.UTF-8')
  const server = await startPostgres()
  expect(await ask(server.url, 'show server_encoding')).toBe('UTF8')
  await server.stop()
})

test('keeps the database in a directory that it was given', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-test-'))
  const port = await freePort()
  const first = await startPostgres({ directory, port })
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  const second = await startPostgres({ directory, port })
  expect(second.url).toBe(first.url)
  expect(await ask(second.url, 'select answer from kept')).toBe(42)
  await second.stop()
  rmSync(directory, { recursive: true })
})

async function ask(url: string, query: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text: query, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}
