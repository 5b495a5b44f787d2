import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { controlPlane } from '../../generate/control-plane.ts'
import { buildMonitoring } from '../../src/build-monitoring.ts'
import { panelQueries } from '../live/queries.ts'

interface Grafana {
  uid: string
  title: string
  tags: string[]
  links: { type: string; tags: string[]; includeVars: boolean; keepTime: boolean }[]
  templating: { list: { name: string; type: string }[] }
  panels: {
    id: number
    type: string
    title: string
    description?: string
    datasource?: { uid: string }
    fieldConfig?: { defaults: { unit?: string } }
    targets?: { refId: string; expr: string; datasource: { uid: string } }[]
  }[]
}

const files = buildMonitoring(controlPlane)
const dashboards = files
  .filter(({ path }) => path.startsWith('grafana/'))
  .map(({ text }) => JSON.parse(text) as Grafana)

test('there are seven, each with an id of its own that Grafana takes', () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual([
    ...[
      'control-plane-application-overview',
      'control-plane-api-performance',
      'control-plane-nodejs-runtime',
    ],
    ...['control-plane-workers', 'control-plane-database-and-cache', 'control-plane-infrastructure'],
    'control-plane-business',
  ])
})

test('whatever a job is called, its dashboards have ids that Grafana takes and no other job’s have', () => {
  const long = 'shop-of-a-department-with-a-long-name'
  const all = ['shop', 'shop.example.com', 'shop-example-com', long, `${long}-2`].flatMap(uids)
  expect(new Set(all).size).toBe(all.length)
  for (const uid of all) expect(uid).toMatch(/^[\w-]{1,40}$/)
})

function uids(job: string): string[] {
  return buildMonitoring({ job })
    .filter(({ path }) => path.startsWith('grafana/'))
    .map(({ text }) => (JSON.parse(text) as Grafana).uid)
}

test.each(dashboards)('$title chooses data source, job and instance, and leads to the others', dashboard => {
  const { templating, links, tags } = dashboard
  expect(templating.list.slice(0, 3).map(({ name, type }) => [name, type])).toEqual([
    ['datasource', 'datasource'],
    ['job', 'query'],
    ['instance', 'query'],
  ])
  expect(tags).toEqual(['tutti', 'control-plane'])
  expect(links).toMatchObject([{ type: 'dashboards', tags, includeVars: true, keepTime: true }])
})

test.each(dashboards)(
  'every panel of $title says what it shows, in which unit, from the chosen source',
  ({ panels }) => {
    expect(panels.map(({ id }) => id)).toEqual(panels.map((_panel, index) => index + 1))
    for (const panel of panels.filter(({ type }) => type !== 'row')) {
      expect(panel.description).toMatch(/\w.*\./)
      expect(panel.fieldConfig?.defaults.unit).toMatch(/^\w+$/)
      expect(panel.datasource?.uid).toBe('$datasource')
      expect(panel.targets!.map(({ refId }) => refId)).toEqual([...'ABCD'].slice(0, panel.targets!.length))
      expect(panel.targets!.every(({ datasource }) => datasource.uid === '$datasource')).toBe(true)
    }
  },
)

test('Prometheus can parse every query of every panel', async () => {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) return notRun('syntax of the panels’ queries', 'there is no promtool')
  const queries = panelQueries('control-plane', '5m')
  expect(queries.length).toBeGreaterThan(150)
  const rules = queries.map(({ expr }, index) => ({ record: `panel:${index}`, expr }))
  const folder = mkdtempSync(join(tmpdir(), 'tutti-panels-'))
  const file = join(folder, 'panels.yml')
  writeFileSync(file, stringify({ groups: [{ name: 'panels', rules }] }))
  const check = spawnSync(promtool, ['check', 'rules', file], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(check.stderr).toBe('')
  expect(check.stdout).toContain(`SUCCESS: ${queries.length} rules found`)
})
