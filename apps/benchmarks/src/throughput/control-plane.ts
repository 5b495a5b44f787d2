import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort, type RunningServer, startPostgres, startRedis } from '@tutti/test-servers'
import { pinTo } from '../processes/pin.ts'
import { type Contestant, preloadArguments, preloadEnvironment } from '../service/contestants.ts'
import { cleanEnvironment, stop } from '../service/service.ts'
import type { Subject } from './subject.ts'

export interface Backing {
  postgres: RunningServer
  redis: RunningServer
  /** The first admin's: all contestants share the database that knows it. */
  token: string
  stop(): Promise<void>
}

export async function startBacking(): Promise<Backing> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  return {
    postgres,
    redis,
    token: randomBytes(16).toString('hex'),
    async stop() {
      await Promise.all([postgres.stop(), redis.stop()])
    },
  }
}

export interface ControlPlaneOptions {
  contestant: Contestant
  node: string
  core: number | undefined
  backing: Backing
  path: string
}

/** The API as in production but with one worker, so that one core is what limits it. */
export async function startControlPlane({
  contestant,
  node,
  core,
  backing,
  path,
}: ControlPlaneOptions): Promise<Subject> {
  const [port, pagePort] = [await freePort(), await freePort()]
  const api = fileURLToPath(import.meta.resolve('@tutti/control-plane/dist/api.mjs'))
  const headers = { authorization: `Bearer ${backing.token}` }
  const command = [...pinTo(core), node, ...preloadArguments(contestant), api]
  const env = {
    ...cleanEnvironment(),
    ...preloadEnvironment(contestant, pagePort),
    DATABASE_URL: backing.postgres.url,
    REDIS_URL: backing.redis.url,
    CONTROL_PLANE_API_PORT: String(port),
    CONTROL_PLANE_API_WORKERS: '1',
    CONTROL_PLANE_BOOTSTRAP_TOKEN: backing.token,
  }
  const child = spawn(command[0]!, command.slice(1), { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the control plane with ${contestant} ended with ${signal ?? code}`)
  })
  const ready = once(child, 'message') as Promise<[{ pids: number[] }]>
  const [{ pids }] = await Promise.race([ready, ended])
  ended.catch(() => {})
  const origin = `http://127.0.0.1:${port}`
  return {
    url: path === 'list' ? await listUrl(origin, headers) : await deploymentUrl(origin, headers),
    headers,
    // In a cluster upstream's page is that of the process that got the port first: the primary, which answers nobody.
    pageUrl: contestant === 'tutti' ? `http://127.0.0.1:${pagePort}/metrics` : undefined,
    pids,
    stop: () => stop(child),
  }
}

type Headers = Subject['headers']

async function listUrl(origin: string, headers: Headers): Promise<string> {
  for (let count = 0; count < 20; count++) await create(origin, headers)
  return `${origin}/deployments?limit=20`
}

async function deploymentUrl(origin: string, headers: Headers): Promise<string> {
  return `${origin}/deployments/${await create(origin, headers)}`
}

async function create(origin: string, headers: Headers): Promise<string> {
  const response = await fetch(`${origin}/deployments`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ service: 'shop', version: '1.0.0' }),
  })
  if (response.status !== 201)
    throw new Error(`POST /deployments: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}
