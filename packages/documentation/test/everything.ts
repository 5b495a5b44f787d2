import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort, startPostgres, startRedis } from '@tutti/test-servers'

/** An app that uses every library that has metrics, with its database and its Redis. */
export interface Everything {
  /** Where it records. */
  readonly directory: string
  /** `127.0.0.1:port` of its page. */
  readonly target: string
  /** Does all of it once more. */
  again(): Promise<void>
  stop(): Promise<void>
}

export async function startEverything(env: NodeJS.ProcessEnv = {}): Promise<Everything> {
  const [postgres, redis, port] = await Promise.all([startPostgres(), startRedis(), freePort()])
  const app = fork(fileURLToPath(new URL('./apps/everything.cjs', import.meta.url)), {
    execArgv: ['--require', '@tutti/preload'],
    env: {
      ...process.env,
      ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url, TUTTI_BULLMQ_INTERVAL_MS: '50' },
      ...{ OTEL_EXPORTER_PROMETHEUS_PORT: `${port}`, OTEL_LOG_LEVEL: 'warn' },
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const stop = async () => {
    app.kill('SIGKILL')
    await Promise.all([postgres.stop(), redis.stop()])
  }
  try {
    const directory = await answer(app)
    return { directory, target: `127.0.0.1:${port}`, again: () => again(app), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function again(app: ChildProcess): Promise<void> {
  app.send('again')
  await answer(app)
}

async function answer(app: ChildProcess): Promise<string> {
  const ended = once(app, 'exit').then(([code]) => {
    throw new Error(`the app ended with exit code ${code}`)
  })
  const [directory] = (await Promise.race([once(app, 'message'), ended])) as [string]
  return directory
}
