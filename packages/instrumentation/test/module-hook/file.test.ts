import { expect, test } from 'vitest'
import { locateFile } from '../../src/module-hook/file.ts'

test('a file of the app is in no package', () => {
  expect(locateFile('/app/src/index.js')).toBeUndefined()
  expect(locateFile('/app/node_modules/pg')).toBeUndefined()
})

test.each([
  ['/app/node_modules/pg/lib/client.js', 'lib/client.js', '/app/node_modules/pg'],
  ['/app/node_modules/@a/b/index.js', 'index.js', '/app/node_modules/@a/b'],
  [
    '/app/node_modules/.pnpm/pg@8.0.0/node_modules/pg/lib/client.js',
    'lib/client.js',
    '/app/node_modules/.pnpm/pg@8.0.0/node_modules/pg',
  ],
])('%s is %s of the package in %s', (filename, file, directory) => {
  expect(locateFile(filename)).toMatchObject({ file, directory })
})

test('a package is known by its folder or, when installed under another name, by its own word', () => {
  const installed = (name: string, file: string): string =>
    new URL(`../../../../node_modules/${name}/${file}`, import.meta.url).pathname
  expect(locateFile(installed('pg', 'lib/client.js'))!.isOf('pg')).toBe(true)
  expect(locateFile(installed('express4', 'lib/express.js'))!.isOf('express')).toBe(true)
  expect(locateFile(installed('express4', 'index.js'))!.isOf('pg-pool')).toBe(false)
})
