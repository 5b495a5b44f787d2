import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const app = fileURLToPath(new URL('../dist/app/', import.meta.url))

/** What a browser loads: not the licenses, which are there to be read. */
const MOST_BYTES = 125_000
const MOST_GZIP_BYTES = 50_000

test('the console is small: everything that a browser loads, as it is and compressed', () => {
  const files = [app, join(app, '-/console')]
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(file => /\.(html|js|css|svg)(\.gz)?$/.test(file))
  const bytes = (isGzip: boolean) =>
    files.filter(file => file.endsWith('.gz') === isGzip).reduce((sum, file) => sum + statSync(file).size, 0)
  expect(files).toHaveLength(8)
  expect(bytes(false)).toBeGreaterThan(MOST_BYTES / 2)
  expect(bytes(false)).toBeLessThanOrEqual(MOST_BYTES)
  expect(bytes(true)).toBeGreaterThan(MOST_GZIP_BYTES / 2)
  expect(bytes(true)).toBeLessThanOrEqual(MOST_GZIP_BYTES)
})
