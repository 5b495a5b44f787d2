import { spawnSync } from 'node:child_process'
import { lchownSync, lstatSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { testProvider } from '../provider.ts'
import { basic, testExposer, testFolder } from './exposer.ts'

test("an attacker's links in the directory are neither read nor written through, and scrapes go on", async () => {
  const files = testFolder({ victim: 'precious', secret: 'secret_total 1\n' })
  const { directory } = testProvider()
  symlinkSync(files.path('victim'), join(directory, 'exposer'))
  symlinkSync(files.path('secret'), join(directory, '7.segment'))
  symlinkSync('/dev/zero', join(directory, '8.segment'))
  const { scrape } = await testExposer({ directory })
  expect(await scrape()).toMatchObject({ tutti_writers: 1, tutti_damaged_segments: 2 })
  expect(readFileSync(files.path('victim'), 'utf8')).toBe('precious')
  expect(lstatSync(join(directory, 'exposer')).isSymbolicLink()).toBe(false)
})

const USERS =
  'basic_auth_users:\n  prometheus: $2b$04$9DmC0UXAyQkKaN2w7WxhVeVxJLbnTNGVPGsDIGpjnf3rHBHMcRyGK\n'

test.each([
  ['a device', (path: string) => symlinkSync('/dev/zero', path), /is not a regular file/],
  ['a folder', (path: string) => symlinkSync('/', path), /is not a regular file/],
  ['a pipe', (path: string) => void spawnSync('mkfifo', [path]), /is not a regular file/],
  ['itself', (path: string) => symlinkSync(path, path), /can't be read \(ELOOP\)/],
])(
  'a web configuration that becomes a link to %s is refused, said once, and its users hold',
  async (...by) => {
    const [, replace, message] = by
    const files = testFolder({ 'web.yml': USERS })
    const { get, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
    unlinkSync(files.path('web.yml'))
    replace(files.path('web.yml'))
    for (let each = 0; each < 3; each++) {
      expect((await get({ path: '/-/healthy' })).status).toBe(401)
      expect((await get({ headers: basic('prometheus', 'wrong') })).status).toBe(401)
    }
    expect(warnings.filter(line => message.test(line))).toHaveLength(1)
  },
)

test('a link that another user made to one of our files is refused, and what was read before holds', async context => {
  if (process.getuid?.() !== 0) {
    notRun("an attacker's link at the web configuration", 'making files of another user needs root')
    return context.skip()
  }
  const files = testFolder({ 'web.yml': USERS, 'open.yml': 'http_server_config: {}\n' })
  const { get, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  unlinkSync(files.path('web.yml'))
  symlinkSync(files.path('open.yml'), files.path('web.yml'))
  lchownSync(files.path('web.yml'), 4_711, 4_711)
  for (let each = 0; each < 3; each++) expect((await get()).status).toBe(401)
  expect(
    warnings.filter(line => line.includes('is a symbolic link that belongs to another user (4711)')),
  ).toHaveLength(1)
})
