import { findDebianTool } from './debian-tool.ts'
import { freePort } from './free-port.ts'
import { keepServer, type RunningServer } from './keep-server.ts'

/** A real node_exporter on 127.0.0.1, about this machine. Undefined where it can't be had. */
export async function startNodeExporter(): Promise<RunningServer | undefined> {
  const command = await findDebianTool('prometheus-node-exporter', 'prometheus-node-exporter')
  if (command === undefined) return undefined
  const port = await freePort()
  return keepServer(`http://127.0.0.1:${port}`, {
    command,
    args: [`--web.listen-address=127.0.0.1:${port}`],
    env: { PATH: process.env.PATH ?? '' },
    readyText: `address=127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    forceSignal: 'SIGKILL',
  })
}
