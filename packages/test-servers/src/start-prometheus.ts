import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool } from './debian-tool.ts'
import { freePort } from './free-port.ts'
import { keepServer, type RunningServer } from './keep-server.ts'

export interface PrometheusOptions {
  /** `prometheus.yml`, whole. */
  config: string
  /** What `--enable-feature` switches on: `native-histograms`, `exemplar-storage`. */
  features?: string[]
  /** The program; default: that of Debian's package. */
  command?: string
  /** A free one if not given. */
  port?: number
  /** `web.yml` with TLS: it is then asked over https. */
  webConfigFile?: string
}

/** A real Prometheus on 127.0.0.1 with an empty database. Undefined where it can't be had. */
export async function startPrometheus({
  config,
  features = [],
  command: program,
  port: given,
  webConfigFile,
}: PrometheusOptions): Promise<RunningServer | undefined> {
  const command = program ?? (await findDebianTool('prometheus', 'prometheus'))
  if (command === undefined) return undefined
  const port = given ?? (await freePort())
  const directory = mkdtempSync(join(tmpdir(), 'tutti-prometheus-'))
  writeFileSync(join(directory, 'prometheus.yml'), config)
  return keepServer(`${webConfigFile === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, {
    command,
    args: [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...(webConfigFile === undefined ? [] : [`--web.config.file=${webConfigFile}`]),
      ...(features.length > 0 ? [`--enable-feature=${features.join(',')}`] : []),
    ],
    env: { PATH: process.env.PATH ?? '' },
    readyText: 'Server is ready to receive web requests',
    stopSignal: 'SIGTERM',
    forceSignal: 'SIGKILL',
    temporaryDirectory: directory,
  })
}
