import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSettings } from '../src/settings.ts'

test('secrets are read from files that variables name, without the line’s end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'database-url'), 'postgres://a@b/c\n')
  writeFileSync(join(folder, 'token'), `${'t'.repeat(20)}\n`)
  const settings = readSettings({
    DATABASE_URL_FILE: join(folder, 'database-url'),
    CONTROL_PLANE_BOOTSTRAP_TOKEN_FILE: join(folder, 'token'),
  })
  expect(settings).toMatchObject({
    databaseUrl: 'postgres://a@b/c',
    redisUrl: undefined,
    bootstrapToken: 't'.repeat(20),
  })
})

test('what the environment says itself goes before a file', () => {
  const env = { DATABASE_URL: 'postgres://a@b/c', DATABASE_URL_FILE: '/nonexistent' }
  expect(readSettings(env).databaseUrl).toBe('postgres://a@b/c')
})

test('a file that can’t be read is named', () => {
  expect(() => readSettings({ DATABASE_URL_FILE: '/dev/null/url' })).toThrow(
    /^DATABASE_URL_FILE is "\/dev\/null\/url", which can't be read: ENOTDIR/,
  )
})
