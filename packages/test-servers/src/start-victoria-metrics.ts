import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { keepServer, type RunningServer } from './keep-server.ts'
import { findInNewerDebian } from './newer-debian.ts'

/**
 * A real VictoriaMetrics on 127.0.0.1: it receives OTLP on `/opentelemetry/v1/metrics` and answers PromQL on
 * `/api/v1/query`. Undefined where it can't be had.
 */
export async function startVictoriaMetrics(): Promise<RunningServer | undefined> {
  const command = await findInNewerDebian('victoria-metrics', 'victoria-metrics')
  if (command === undefined) return undefined
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'tutti-victoria-'))
  return keepServer(`http://127.0.0.1:${port}`, {
    command,
    args: [
      `-httpListenAddr=127.0.0.1:${port}`,
      `-storageDataPath=${directory}`,
      '-search.latencyOffset=0s',
      '-search.disableCache',
      '-opentelemetry.usePrometheusNaming',
      '-loggerLevel=INFO',
    ],
    env: { PATH: process.env.PATH ?? '' },
    readyText: 'started server at',
    stopSignal: 'SIGTERM',
    forceSignal: 'SIGKILL',
    temporaryDirectory: directory,
  })
}
