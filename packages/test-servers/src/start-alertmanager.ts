import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianTool } from './debian-tool.ts'
import { freePort } from './free-port.ts'
import { keepServer, type RunningServer } from './keep-server.ts'

export interface AlertmanagerOptions {
  /** `alertmanager.yml`, whole. */
  config: string
  /** `web.yml` with TLS: it is then asked over https. */
  webConfigFile?: string
}

/** A real Alertmanager on 127.0.0.1, alone and without memory of earlier ones. Undefined where it can't be had. */
export async function startAlertmanager({
  config,
  webConfigFile,
}: AlertmanagerOptions): Promise<RunningServer | undefined> {
  const command = await findDebianTool('prometheus-alertmanager', 'prometheus-alertmanager')
  if (command === undefined) return undefined
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'tutti-alertmanager-'))
  writeFileSync(join(directory, 'alertmanager.yml'), config)
  return keepServer(`${webConfigFile === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, {
    command,
    args: [
      `--config.file=${join(directory, 'alertmanager.yml')}`,
      `--storage.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...(webConfigFile === undefined ? [] : [`--web.config.file=${webConfigFile}`]),
      // No gossip: there is nobody to talk to.
      '--cluster.listen-address=',
    ],
    env: { PATH: process.env.PATH ?? '' },
    readyText: `address=127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    forceSignal: 'SIGKILL',
    temporaryDirectory: directory,
  })
}
