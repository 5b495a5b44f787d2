import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { MAIN, tutti } from '../process.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const catalog = fileURLToPath(new URL('../apps/catalog.mjs', import.meta.url))
const root = fileURLToPath(new URL('../../../..', import.meta.url))

const ofShop = (...more: string[]) => ['--job', 'shop', '--title', 'The shop', '--team', 'sales', ...more]

test('rules are written with names of the service and its catalog, and promtool finds nothing to say', async () => {
  const out = temporaryDirectory()
  const limits = ['--threshold', 'httpErrorRatio=0.01', '--runbooks', 'https://runbooks.example.com/']
  const { code, stdout, stderr } = await tutti(['rules', catalog, ...ofShop('--out', out), ...limits])
  expect([code, stderr]).toEqual([0, ''])
  const files = ['rules/shop.recording.yml', 'rules/shop.alerts.yml', 'tests/shop.alerts.test.yml'].map(
    name => join(out, 'prometheus', name),
  )
  expect(stdout.trim().split('\n')).toEqual(files)
  const alerts = readFileSync(files[1], 'utf8')
  expect(alerts).toContain('job:http_server_errors:ratio_rate5m{job="shop"} > 0.01\n')
  expect(alerts).toContain('runbook_url: https://runbooks.example.com/HttpErrorRateHigh.md\n')
  expect(alerts).toContain('team: sales\n')
  expect(alerts).toMatch(/alert: OperationFailing[\s\S]*checkout_total\{job="shop"/)

  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) return notRun('what `tutti rules` writes', 'there is no promtool')
  const run = (...args: string[]) => spawnSync(promtool, args, { encoding: 'utf8' })
  expect(run('check', 'rules', '--lint=all', '--lint-fatal', files[0], files[1])).toMatchObject({ status: 0 })
  keepStories(files[2], /^(?:HttpErrorRate|OperationFailing|Queue|Cache|SuccessRate)/)
  expect(run('test', 'rules', files[2])).toMatchObject({ status: 0, stderr: '' })
}, 240_000)

test('dashboards are written for Grafana, one of them of the catalog', async () => {
  const out = temporaryDirectory()
  const { code } = await tutti(['dashboards', catalog, ...ofShop('--out', out)])
  expect(code).toBe(0)
  const folder = join(out, 'grafana/dashboards')
  expect(readdirSync(folder).sort()).toEqual([
    ...['shop.api-performance.json', 'shop.application-overview.json', 'shop.business.json'],
    ...['shop.database-and-cache.json', 'shop.infrastructure.json', 'shop.nodejs-runtime.json'],
    'shop.workers.json',
  ])
  const { title, panels } = JSON.parse(readFileSync(join(folder, 'shop.business.json'), 'utf8'))
  expect(title).toBe('The shop / Business metrics')
  expect(JSON.stringify(panels)).toContain('checkout_duration_seconds_bucket')
})

test('a description in JSON says the same as the module that it comes from', async () => {
  const [module, json] = [temporaryDirectory(), temporaryDirectory()]
  const { metrics } = await import(catalog)
  const path = join(json, 'catalog.json')
  writeFileSync(path, JSON.stringify([metrics.describe()]))
  await tutti(['rules', catalog, ...ofShop('--out', module)])
  const { code } = await tutti(['rules', path, ...ofShop('--out', module, '--check')])
  expect(code).toBe(0)
})

test('--check writes nothing, and tells what is missing, differs or is not made any more', async () => {
  const out = temporaryDirectory()
  const check = () => tutti(['dashboards', ...ofShop('--out', out, '--check')])
  const before = await check()
  expect([before.code, before.stdout.split('\n').filter(Boolean).length]).toEqual([1, 6])
  expect(readdirSync(out)).toEqual([])

  await tutti(['dashboards', ...ofShop('--out', out)])
  expect(await check()).toMatchObject({ code: 0, stdout: '6 files, each as it is made\n' })

  const folder = join(out, 'grafana/dashboards')
  writeFileSync(join(folder, 'shop.workers.json'), '{}')
  rmSync(join(folder, 'shop.infrastructure.json'))
  writeFileSync(join(folder, 'shop.business.json'), '{}')
  writeFileSync(join(folder, 'another.business.json'), '{}')
  const { code, stdout, stderr } = await check()
  expect(code).toBe(1)
  expect(stdout.trim().split('\n')).toEqual([
    `${join(folder, 'shop.workers.json')} differs`,
    `${join(folder, 'shop.infrastructure.json')} is missing`,
    `${join(folder, 'shop.business.json')} is not made any more`,
  ])
  expect(stderr).toBe('tutti: make them again with the same command without --check.\n')
})

test('what can not be made says why, and the mend', async () => {
  const folder = temporaryDirectory()
  writeFileSync(join(folder, 'a.json'), '{"a":1}')
  const said = async (...args: string[]) => {
    const { code, stderr } = await tutti(['rules', ...args])
    expect(code).toBe(2)
    return stderr.split('\n')[0]
  }
  expect(await said()).toBe(
    'tutti: no job is named. Give the label "job" of the service\'s targets: --job checkout.',
  )
  expect(await said('--job', 'a b')).toMatch(/^tutti: job is "a b"; give the label "job"/)
  expect(await said('--job', 'a', '--threshold', 'httpErrors=1')).toMatch(
    /^tutti: there is no threshold "httpErrors"\. Give one of httpErrorRatio=0\.05, /,
  )
  expect(await said('--job', 'a', '--threshold', 'httpErrorRatio=')).toBe(
    'tutti: --threshold is "httpErrorRatio=". Give a number from 0: --threshold httpErrorRatio=1.',
  )
  expect(await said('--job', 'a', join(folder, 'a.json'))).toMatch(/is no catalog: it has no metrics/)
  expect(await said('--job', 'a', '--out', join(folder, 'a.json'))).toMatch(
    /can't be used: .*\. Give another folder with --out\.$/,
  )
})

test('without @tutti/monitoring it says how to get it', async () => {
  const folder = temporaryDirectory()
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@tutti/cli'), { recursive: true })
  cpSync(dirname(MAIN), join(modules, '@tutti/cli/dist'), { recursive: true })
  symlinkSync(join(root, 'packages/aggregator'), join(modules, '@tutti/aggregator'))
  symlinkSync(join(root, 'node_modules/@opentelemetry'), join(modules, '@opentelemetry'))
  const main = join(modules, '@tutti/cli/dist/main.mjs')
  const { status, stderr } = spawnSync(process.execPath, [main, 'dashboards', '--job', 'shop'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr).toBe(
    'tutti: @tutti/monitoring is not installed here. Install it: npm install --save-dev @tutti/monitoring. ' +
      'Or once: npx --package @tutti/cli --package @tutti/monitoring tutti rules ...\n',
  )
  expect(status).toBe(2)
})

/** Of limits and shapes that @tutti/monitoring does not test itself; all of them take promtool 20 s of processor time. */
function keepStories(file: string, wanted: RegExp): void {
  const [head, ...stories] = readFileSync(file, 'utf8').split(/^ {2}- name: /m)
  const kept = stories.filter(story => wanted.test(story))
  expect(kept.length).toBeGreaterThan(15)
  writeFileSync(file, [head, ...kept].join('  - name: '))
}
