import { counter, defineCatalog, health, operation } from '@tutti/business-metrics'
import { expect, test } from 'vitest'
import { buildMonitoring } from '../src/build-monitoring.ts'
import { duration } from '../src/promql.ts'

test('another service has its own job, team, runbooks and thresholds in every file', () => {
  const files = buildMonitoring({
    ...{ job: 'checkout', team: 'payments', runbookBaseUrl: 'https://runbooks.example.com/' },
    thresholds: { httpErrorRatio: 0.01 },
  })
  expect(files.map(({ path }) => path)).toEqual([
    'grafana/dashboards/checkout.application-overview.json',
    'grafana/dashboards/checkout.api-performance.json',
    'grafana/dashboards/checkout.nodejs-runtime.json',
    'grafana/dashboards/checkout.workers.json',
    'grafana/dashboards/checkout.database-and-cache.json',
    'grafana/dashboards/checkout.infrastructure.json',
    'prometheus/rules/checkout.recording.yml',
    'prometheus/rules/checkout.alerts.yml',
    'prometheus/tests/checkout.alerts.test.yml',
  ])
  const alerts = files.find(({ path }) => path.endsWith('checkout.alerts.yml'))!.text
  expect(alerts).toContain('job:http_server_errors:ratio_rate5m{job="checkout"} > 0.01\n')
  expect(alerts).toContain('runbook_url: https://runbooks.example.com/HttpErrorRateHigh.md\n')
  expect(alerts).toContain('team: payments\n')
  expect(files.map(({ text }) => text).join('')).not.toContain('control-plane')
})

test('what a catalog leaves out has no alert', () => {
  const catalog = defineCatalog(
    { name: 'small' },
    {
      orders: counter({ name: 'order', description: 'Orders.' }),
      refunds: operation({ name: 'refund', description: 'Refunds.', names: { total: false } }),
      bank: health({ name: 'bank.health', description: 'Whether the bank answers.' }),
    },
  )
  const files = buildMonitoring({ job: 'shop', catalogs: [catalog.describe()] })
  const alerts = files.find(({ path }) => path.endsWith('shop.alerts.yml'))!.text
  const business = alerts.slice(
    alerts.indexOf('name: shop-business'),
    alerts.indexOf('name: shop-objectives'),
  )
  expect(business.match(/alert: \w+/g)).toEqual(['alert: ConnectorDown'])
})

test('an objective burns by the windows of the SRE workbook', () => {
  const catalog = defineCatalog(
    { name: 'shop' },
    {
      payments: operation({
        ...{ name: 'payment', description: 'Payments.' },
        objective: { target: 0.99, latencySeconds: 1, windowDays: 30 },
      }),
    },
  )
  const files = buildMonitoring({ job: 'shop', catalogs: [catalog.describe()] })
  const alerts = files.find(({ path }) => path.endsWith('shop.alerts.yml'))!.text
  const limits = [...alerts.matchAll(/ratio_rate(\w+)\{job="shop", slo="payment"\} > (\S+) \* 0.01/g)]
  expect(limits.map(([, window, factor]) => `${window} ${factor}`)).toEqual([
    ...['1h 14.4', '5m 14.4', '6h 6', '30m 6', '1d 3', '2h 3', '3d 1', '6h 1'],
  ])
})

test.each([
  [{ job: 'a b' }, 'job is "a b"; give the label "job" of the targets: letters, digits, ".", "_" and "-".'],
])('refuses %j', (options, message) => {
  expect(() => buildMonitoring(options)).toThrow(new RangeError(message))
})

test.each([
  [300, '5m'],
  [86_400, '1d'],
  [90, '90s'],
  [0.5, '500ms'],
  [21_600, '6h'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})
