import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeBundle } from '../../src/guard/bundled-app.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tutti-bundle-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const libraries = ['pg', 'express', '@hapi/hapi']

function script(text: string): string {
  const path = join(folder, 'server.js')
  writeFileSync(path, text)
  return path
}

test.each([
  ['esbuild', '// node_modules/pg/lib/client.js\nvar require_client = 1', 'pg'],
  ['esbuild, in a monorepo', '\n// ../../node_modules/pg/lib/client.js\n', 'pg'],
  ['esbuild, with pnpm', '\n// node_modules/.pnpm/pg@8.1.0/node_modules/pg/lib/client.js\n', 'pg'],
  ['rolldown', '//#region node_modules/express/lib/express.js\n', 'express'],
  ['webpack', '/*!*** ./node_modules/@hapi/hapi/lib/index.js ***!*/', '@hapi/hapi'],
  ['esbuild, far behind', `${'x'.repeat(400_000)}\n// node_modules/pg/lib/client.js\n`, 'pg'],
])('a bundle of %s is named with the library in it', async (_bundler, text, library) => {
  const path = script(text)
  expect(await describeBundle(path, libraries)).toBe(
    `${path} is a bundle that contains ${library}: inside a bundle they can't be seen, and their metrics are missing. ` +
      'Leave packages out of the bundle (esbuild: --packages=external; webpack and Rollup: externals).',
  )
})

test('nothing is said of a script that only speaks of libraries', async () => {
  expect(
    await describeBundle(script('require("pg") // see node_modules/pg/lib\n'), libraries),
  ).toBeUndefined()
})

test('a Next.js standalone server is named', async () => {
  const path = script('process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify({})')
  expect(await describeBundle(path, libraries)).toContain(`${path} is a Next.js standalone server:`)
})
