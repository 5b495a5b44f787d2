import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { controlPlane } from '../generate/control-plane.ts'
import { buildMonitoring } from '../src/build-monitoring.ts'
import { runbooksFolder } from './deploy-folder.ts'
import { shop } from './rules/shop-catalog.ts'

const rules = [controlPlane, { job: 'shop', catalogs: [shop] }]
  .map(each => buildMonitoring(each).find(({ path }) => path.endsWith('.alerts.yml'))!.text)
  .join('')
const alerts = [...new Set([...rules.matchAll(/alert: (\w+)/g)].map(([, name]) => name!))]
const pages = readdirSync(runbooksFolder).filter(name => name !== 'README.md')

test('every runbook_url leads to a page, and every page belongs to an alert', () => {
  const urls = [...rules.matchAll(/runbook_url: (\S+)/g)].map(([, url]) => url!)
  expect(urls.length).toBe(rules.match(/alert: /g)!.length)
  const base = 'https://github.com/tutti/tutti/blob/main/docs/runbooks/'
  expect([...new Set(urls)].map(url => url.replace(base, '')).sort()).toEqual(pages.sort())
})

test.each(alerts)(
  'the runbook of %s says what it means, whom it hurts, how to find the cause and what to do',
  name => {
    const page = readFileSync(join(runbooksFolder, `${name}.md`), 'utf8')
    const parts = page.split(/^## /m)
    expect(parts[0]).toBe(`# ${name}\n\n`)
    expect(parts.slice(1).map(part => part.split('\n')[0])).toEqual([
      'Meaning',
      'Impact',
      'Diagnosis',
      'Mitigation',
    ])
    for (const part of parts.slice(1)) expect(part.split('\n').slice(1).join('').length).toBeGreaterThan(20)
  },
)

test.each([...pages, 'README.md'])('every link of %s resolves', page => {
  const text = readFileSync(join(runbooksFolder, page), 'utf8')
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!)
  expect(links.filter(link => !existsSync(join(runbooksFolder, link)))).toEqual([])
})
