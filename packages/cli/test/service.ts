import { randomUUID } from 'node:crypto'
import { type Running, start } from './process.ts'

/** A clustered service with the preload: a primary and two workers. */
export interface Service {
  readonly name: string
  readonly directory: string
  readonly url: string
  readonly app: Running
  /** Asks its path so many times. */
  request(path: string, times?: number): Promise<void>
  /** One worker's event loop does nothing else for a minute. */
  blockWorker(): void
  /** Another worker is gone without a word. */
  killWorker(): void
  stop(): Promise<void>
}

export async function startService(env: NodeJS.ProcessEnv = {}): Promise<Service> {
  const name = `cli-${randomUUID().slice(0, 8)}`
  const app = start(['--require', '@tutti/preload', 'apps/cluster.cjs'], {
    OTEL_SERVICE_NAME: name,
    OTEL_EXPORTER_PROMETHEUS_PORT: '0',
    ...env,
  })
  const [, port] = await app.says('stdout', /listening (\d+)\nlistening/)
  const [, directory] = await app.says('stderr', /directory (\S+?);/)
  const url = /metrics on (https?:\S+)/.exec(app.stderr())?.[1] ?? ''
  return {
    name,
    directory,
    url,
    app,
    async request(path, times = 1) {
      for (let time = 0; time < times; time++) await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
    },
    blockWorker: () => app.process.send('block'),
    killWorker: () => app.process.send('kill'),
    async stop() {
      await app.stop('SIGTERM')
    },
  }
}
