import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { buildMonitoring } from '../../src/build-monitoring.ts'
import type { MonitoringFile } from '../../src/file.ts'
import { defaultThresholds } from '../../src/options.ts'
import { shop } from './shop-catalog.ts'

const others = Object.fromEntries(
  Object.entries(defaultThresholds).map(([name, usual]) => [
    name,
    usual < 1 ? Number((usual * 0.7).toPrecision(3)) : usual * 3,
  ]),
)
const options = { job: 'shop', catalogs: [shop] }
const files = buildMonitoring(options)
const textOf = (name: string) => files.find(({ path }) => path.endsWith(name))!.text

test('queues, caches and ratios are recorded by their label metric, over all processes', () => {
  const recorded = [
    ...textOf('shop.recording.yml').matchAll(
      /record: (job_metric\S+)\n\s+expr: (.+)\n\s+labels:\n\s+metric: (\S+)/g,
    ),
  ].map(([, record, expr, metric]) => [record, metric, expr])
  expect(recorded.map(([record, metric]) => `${record} ${metric}`)).toEqual([
    'job_metric:queue_depth:current order.queue',
    'job_metric:queue_age_seconds:current order.queue',
    'job_metric:queue_depth:current mail.queue',
    'job_metric:cache_lookups:rate5m price.cache',
    'job_metric:cache_lookups:hit_ratio_rate5m price.cache',
    'job_metric:cache_lookups:error_ratio_rate5m price.cache',
    'job_metric:events:success_ratio_rate5m payment',
  ])
  expect(recorded[0]![2]).toBe('max by (job, kind) (order_queue_depth{job="shop"})')
  expect(recorded[2]![2]).toBe('sum by (job) (mail_queue_depth{job="shop"})')
})

test('each has its alerts, and of a ratio whose events are counted nobody asks the gauge', () => {
  const alerts = textOf('shop.alerts.yml')
  const business = alerts.slice(
    alerts.indexOf('name: shop-business'),
    alerts.indexOf('name: shop-objectives'),
  )
  const named = [...business.matchAll(/alert: (\w+)[\s\S]*?severity: (\w+)[\s\S]*?metric: (\S+)/g)]
  expect(named.map(([, name, severity, metric]) => `${name} ${severity} ${metric}`)).toEqual([
    'QueueBacklogHigh warning order.queue',
    'QueueEntriesOld warning order.queue',
    'QueueBacklogHigh warning mail.queue',
    'CacheHitRateCollapsed warning price.cache',
    'CacheFailing critical price.cache',
    'SuccessRateLow warning payment',
    'SuccessRateLow warning stock',
  ])
})

// With the defaults the stories of the control plane are told, and in packages/cli those of every shape.
test('promtool finds every story to end as told when every threshold is another', async () => {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) return notRun('stories of queues, caches and ratios', 'there is no promtool')
  const folder = written(buildMonitoring({ ...options, thresholds: others }))
  const check = spawnSync(promtool, [
    ...['check', 'rules', '--lint=all', '--lint-fatal'],
    ...['recording', 'alerts'].map(name => join(folder, `prometheus/rules/shop.${name}.yml`)),
  ])
  expect(check.status).toBe(0)
  const { status, stderr } = spawnSync(
    promtool,
    ['test', 'rules', join(folder, 'prometheus/tests/shop.alerts.test.yml')],
    { encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
}, 120_000)

function written(all: MonitoringFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-shop-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const { path, text } of all) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
