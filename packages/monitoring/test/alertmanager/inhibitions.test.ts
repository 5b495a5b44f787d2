import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { notRun, startAlertmanager } from '@tutti/test-servers'
import { expect, test, vi } from 'vitest'
import { buildAlertmanager } from '../../src/alertmanager/build-alertmanager.ts'

interface Held {
  labels: Record<string, string>
  status: { state: string }
}

const shared = { service: 'control-plane', team: 'platform' }
const critical = { ...shared, severity: 'critical' }
const warning = { ...shared, severity: 'warning' }

test('a real Alertmanager holds back what follows from something worse, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-inhibitions-'))
  const secrets = join(folder, 'secrets')
  mkdirSync(secrets)
  for (const name of ['smtp-password', 'slack-url', 'webhook-token', 'pagerduty-platform'])
    writeFileSync(join(secrets, name), 'http://127.0.0.1:9')
  const options = { secretsDirectory: secrets, webhookUrl: 'http://127.0.0.1:9', smtpHost: '127.0.0.1:9' }
  const alertmanager = await startAlertmanager({ config: buildAlertmanager(options).text })
  try {
    if (alertmanager === undefined) return notRun('inhibition', 'there is no Alertmanager')
    await post(alertmanager.url, [
      { ...critical, alertname: 'ConnectorDown', connector: 'ci' },
      { ...warning, alertname: 'CircuitBreakerOpen', connector: 'ci' },
      { ...warning, alertname: 'OperationFailing', connector: 'ci', metric: 'connector.call' },
      { ...warning, alertname: 'CircuitBreakerOpen', connector: 'chat' },
      // One whose health has no label is not what every operation calls.
      { ...critical, alertname: 'ConnectorDown', metric: 'bank.health' },
      { ...warning, alertname: 'OperationFailing', metric: 'unfurl' },
      { ...critical, alertname: 'ErrorBudgetBurn', slo: 'export', window: '1h' },
      { ...warning, alertname: 'ErrorBudgetBurn', slo: 'export', window: '1d' },
      { ...warning, alertname: 'ErrorBudgetBurn', slo: 'feed.poll', window: '1d' },
      { ...critical, alertname: 'TargetDown', instance: 'a:9464' },
      { ...critical, alertname: 'WorkerBlocked', instance: 'a:9464', worker: '1' },
      { ...critical, alertname: 'WorkerBlocked', instance: 'b:9464', worker: '1' },
    ])
    await vi.waitFor(async () => {
      const held = await suppressed(alertmanager.url)
      expect(held).toEqual([
        'CircuitBreakerOpen ci',
        'ErrorBudgetBurn export',
        'OperationFailing ci',
        'WorkerBlocked a:9464',
      ])
    }, 10_000)
  } finally {
    await alertmanager?.stop()
    rmSync(folder, { recursive: true })
  }
})

async function post(url: string, labels: Record<string, string>[]): Promise<void> {
  const body = JSON.stringify(labels.map(each => ({ labels: each, annotations: { summary: 'A test.' } })))
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
}

async function suppressed(url: string): Promise<string[]> {
  const alerts = (await (await fetch(`${url}/api/v2/alerts`)).json()) as Held[]
  expect(alerts).toHaveLength(12)
  return alerts
    .filter(({ status }) => status.state === 'suppressed')
    .map(
      ({ labels }) =>
        `${labels.alertname} ${labels.connector ?? labels.slo ?? labels.instance ?? labels.metric}`,
    )
    .sort()
}
