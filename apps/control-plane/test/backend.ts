import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type RunningServer, startPostgres, startRedis } from '@tutti/test-servers'
import pg from 'pg'
import { adminToken } from './ask.ts'
import { type Outside, outsideAt } from './outside.ts'
import { type Running, startProcess } from './process.ts'

export interface Backend {
  url: string
  metricsUrl: string
  /** Straight to the database, past the API. */
  rows: pg.Pool
  postgres: Switch
  redis: Switch
  outside: Outside
  api: Running
  /** Starts a further process: the job worker, or the traffic, which is not preloaded. */
  start(file: 'job-worker' | 'traffic', env?: NodeJS.ProcessEnv): Promise<Running>
  stop(): Promise<void>
}

/** Turns a server off and on again, at the same address and with the same data. */
interface Switch {
  off(): Promise<void>
  on(): Promise<void>
}

/** The real thing: PostgreSQL, Redis and the API in cluster mode with four workers, on free ports. */
export async function startBackend(settings: NodeJS.ProcessEnv = {}): Promise<Backend> {
  const segments = mkdtempSync(join(tmpdir(), 'tutti-test-segments-'))
  const database = mkdtempSync(join(tmpdir(), 'tutti-test-database-'))
  const postgresPort = await freePort()
  const redisPort = await freePort()
  const apiPort = await freePort()
  const pagePort = await freePort()
  const outsidePort = await freePort()
  const outsideUrl = `http://127.0.0.1:${outsidePort}`
  const postgres = serverSwitch(await startPostgres({ directory: database, port: postgresPort }), () =>
    startPostgres({ directory: database, port: postgresPort }),
  )
  const redis = serverSwitch(await startRedis({ port: redisPort }), () => startRedis({ port: redisPort }))
  const env = {
    ...process.env,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    TUTTI_DIR: segments,
    CONTROL_PLANE_API_PORT: `${apiPort}`,
    OTEL_EXPORTER_PROMETHEUS_PORT: `${pagePort}`,
    CONTROL_PLANE_OUTSIDE_PORT: `${outsidePort}`,
    CONTROL_PLANE_OUTSIDE_URL: outsideUrl,
    CONTROL_PLANE_BOOTSTRAP_TOKEN: adminToken,
    CONTROL_PLANE_TRAFFIC_TOKEN: adminToken,
    CONTROL_PLANE_RING_SOAK_MS: '50',
    CONTROL_PLANE_JOB_POLL_MS: '20',
    ...settings,
  }
  const running: Running[] = []
  const start = async (file: string, more: NodeJS.ProcessEnv = {}): Promise<Running> => {
    const started = await startProcess(file, { ...env, ...more })
    running.push(started)
    return started
  }
  await start('outside')
  const rows = new pg.Pool({ connectionString: postgres.url })
  rows.on('error', () => undefined)
  return {
    url: `http://127.0.0.1:${apiPort}`,
    metricsUrl: `http://127.0.0.1:${pagePort}/metrics`,
    rows,
    postgres,
    redis,
    outside: outsideAt(outsideUrl),
    api: await start('api'),
    start,
    async stop() {
      for (const each of running.reverse()) await each.stop()
      await rows.end()
      await redis.off()
      await postgres.off()
      for (const folder of [segments, database])
        rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })
    },
  }
}

function serverSwitch(first: RunningServer, start: () => Promise<RunningServer>): Switch & { url: string } {
  let server = first
  return {
    url: first.url,
    off: () => server.stop(),
    async on() {
      server = await start()
    },
  }
}
