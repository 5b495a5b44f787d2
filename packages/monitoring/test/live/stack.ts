import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type RunningServer, startAlertmanager, startPrometheus } from '@tutti/test-servers'
import { type Backend, startBackend } from '../../../../apps/control-plane/test/backend.ts'
import { controlPlane } from '../../generate/control-plane.ts'
import { buildMonitoring } from '../../src/build-monitoring.ts'
import type { MonitoringFile } from '../../src/file.ts'
import { type Receiver, startReceiver } from './receiver.ts'

export interface Stack {
  backend: Backend
  prometheus: RunningServer
  alertmanager: RunningServer
  receiver: Receiver
  files: MonitoringFile[]
  stop(): Promise<void>
}

/** Ten seconds are five minutes: every `for`, window and interval is divided by this, and nothing else is changed. */
export const speed = 30
export const webhookToken = 'only-for-tests'

/** The control plane with everything that watches it. Undefined where Prometheus or Alertmanager can't be had. */
export async function startStack(): Promise<Stack | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-monitoring-'))
  const receiver = await startReceiver()
  const secretsDirectory = join(directory, 'secrets')
  const files = buildMonitoring({
    ...controlPlane,
    speed,
    alertmanager: {
      ...{ speed, secretsDirectory, webhookUrl: `${receiver.url}/alerts` },
      ...{ pagerdutyUrl: `${receiver.url}/pagerduty`, smtpHost: '127.0.0.1:9' },
    },
  })
  const secrets = {
    'slack-url': `${receiver.url}/slack`,
    'webhook-token': webhookToken,
    ...{ 'smtp-password': 'none', 'pagerduty-platform': 'none' },
  }
  for (const [name, text] of Object.entries(secrets)) write(join(secretsDirectory, name), text)
  for (const { path, text } of files) write(join(directory, path), text)

  const config = files.find(({ path }) => path === 'alertmanager/alertmanager.yml')!.text
  const alertmanager = await startAlertmanager({ config })
  const backend = await startBackend({
    CONTROL_PLANE_CHECK_MS: '500',
    CONTROL_PLANE_BREAKER_RESET_MS: '1000',
  })
  const prometheus = await startPrometheus({
    config: prometheusConfig(directory, backend.metricsUrl, alertmanager?.url ?? ''),
  })
  const stop = async () => {
    await backend.stop()
    await prometheus?.stop()
    await alertmanager?.stop()
    await receiver.close()
    rmSync(directory, { recursive: true, force: true })
  }
  if (prometheus !== undefined && alertmanager !== undefined)
    return { backend, prometheus, alertmanager, receiver, files, stop }
  await stop()
  return undefined
}

/** A scrape each second, where the shipped one has one every 15: rates over ten seconds need samples. */
function prometheusConfig(directory: string, metricsUrl: string, alertmanagerUrl: string): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [join(directory, 'prometheus/rules/*.yml')],
    scrape_configs: [
      { job_name: 'control-plane', static_configs: [{ targets: [new URL(metricsUrl).host] }] },
    ],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }] },
  })
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
