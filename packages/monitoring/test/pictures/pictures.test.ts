import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDashboards } from '../../pictures/dashboards.ts'
import { deployFolder } from '../deploy-folder.ts'

const docs = join(deployFolder, '../docs')

test('every dashboard has a picture in docs, which monitoring.md shows, and is not larger than a page should be', () => {
  const expected = readDashboards().map(({ slug }) => `dashboard-${slug}.png`)
  const pictures = readdirSync(join(docs, 'pictures')).filter(name => name.startsWith('dashboard-'))
  expect(pictures.sort()).toEqual(expected.sort())
  const shown = [
    ...readFileSync(join(docs, 'monitoring.md'), 'utf8').matchAll(/\]\(pictures\/(dashboard-[\w-]+\.png)\)/g),
  ]
  expect([...new Set(shown.map(([, name]) => name))].sort()).toEqual(expected)
  for (const name of expected) expect(statSync(join(docs, 'pictures', name)).size, name).toBeLessThan(250_000)
})
