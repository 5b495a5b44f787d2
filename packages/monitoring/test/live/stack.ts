import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  freePort,
  type RunningServer,
  startAlertmanager,
  startNodeExporter,
  startPrometheus,
} from '@tutti/test-servers'
import { type Backend, startBackend } from '../../../../apps/control-plane/test/backend.ts'
import { deployFolder } from '../deploy-folder.ts'
import { connectTo, type PrometheusApi } from './prometheus.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { shipped } from './shipped.ts'

export interface Stack {
  backend: Backend
  prometheus: PrometheusApi
  receiver: Receiver
  stop(): Promise<void>
}

/**
 * The control plane with everything that watches it as it is shipped: TLS, tokens and passwords included. Undefined
 * where Prometheus, Alertmanager or node_exporter can't be had.
 */
export async function startStack(speed: number): Promise<Stack | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-monitoring-'))
  const secrets = join(directory, 'secrets')
  execFileSync(process.execPath, [join(deployFolder, 'compose/make-secrets.mjs'), secrets])
  const receiver = await startReceiver()
  const files = shipped({ directory, secrets, speed, receiverUrl: receiver.url })
  const [prometheusPort, node, alertmanager] = [
    await freePort(),
    await startNodeExporter(),
    await startAlertmanager({
      config: files.alertmanager(),
      webConfigFile: join(secrets, 'alertmanager.web.yml'),
    }),
  ]
  const backend = await startBackend({
    CONTROL_PLANE_CHECK_MS: '500',
    CONTROL_PLANE_BREAKER_RESET_MS: '1000',
    TUTTI_WEB_CONFIG_FILE: files.pageConfigFile,
    TUTTI_BEARER_TOKEN_FILE: join(secrets, 'metrics-token'),
  })
  const prometheus = await startPrometheus({
    config: files.prometheus({
      'control-plane:9464': backend.metricsUrl,
      'prometheus:9090': `https://localhost:${prometheusPort}`,
      'alertmanager:9093': alertmanager?.url,
      'node-exporter:9100': node?.url,
    }),
    port: prometheusPort,
    webConfigFile: join(secrets, 'prometheus.web.yml'),
  })
  const stop = async () => {
    await backend.stop()
    const servers = [prometheus, alertmanager, node].filter((each): each is RunningServer => Boolean(each))
    for (const each of servers) await each.stop()
    await receiver.close()
    rmSync(directory, { recursive: true, force: true })
  }
  if (prometheus !== undefined && alertmanager !== undefined && node !== undefined)
    return { backend, prometheus: connectTo(prometheus.url, secrets), receiver, stop }
  await stop()
  return undefined
}
