import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A clustered service with the preload, and its console. */
export interface Service {
  /** Where the console is, with a slash at the end. */
  readonly url: string
  /** Asks its path so many times, one after the other. */
  request(path: string, times: number): Promise<void>
  /** What the exposer tells of its workers. */
  workers(headers?: Record<string, string>): Promise<{ worker: number; pid: number; requests: number }[]>
  /** The only sample of a metric. */
  metric(name: string): Promise<number>
  /** Nothing else happens on the event loop of this worker for a while. */
  block(pid: number, ms: number): void
  kill(pid: number): void
  /** Starts another worker. */
  fork(): void
  stop(): Promise<void>
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const SAID_WITHIN_MS = 60_000

export async function startService(env: NodeJS.ProcessEnv = {}): Promise<Service> {
  const child = spawn(process.execPath, ['--require', '@tutti/preload', 'apps/service.cjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...cleanEnv(),
      OTEL_SERVICE_NAME: 'ticket-shop',
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      ...env,
    },
  })
  const [[, port], [, url]] = await Promise.all([
    says(child, 'stdout', /listening (\d+)\nlistening/),
    says(child, 'stderr', /metrics on (https?:\S+)\/metrics/),
  ])
  const origin = url.replace('localhost', '127.0.0.1')
  return {
    url: `${origin}/`,
    async request(path, times) {
      for (let time = 0; time < times; time++)
        await (await fetch(`http://127.0.0.1:${port}${path}`)).arrayBuffer()
    },
    async workers(headers = {}) {
      const { workers } = await (await fetch(`${origin}/-/workers`, { headers })).json()
      return workers
    },
    async metric(name) {
      const page = await (await fetch(`${origin}/metrics`)).text()
      return Number(new RegExp(`^${name}(?:\\{.*\\})? (.*)$`, 'm').exec(page)?.[1])
    },
    block: (pid, ms) => child.send({ told: 'block', pid, ms }),
    kill: pid => child.send({ told: 'kill', pid }),
    fork: () => child.send({ told: 'fork' }),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await Promise.race([once(child, 'exit'), child.exitCode !== null ? 0 : new Promise(() => {})])
    },
  }
}

async function says(
  child: ChildProcess,
  output: 'stdout' | 'stderr',
  pattern: RegExp,
): Promise<RegExpExecArray> {
  let said = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${pattern} was not said:\n${said}`)), SAID_WITHIN_MS)
    const look = (text: Buffer | string) => {
      said += text
      const found = pattern.exec(said)
      if (found === null) return
      clearTimeout(timer)
      resolve(found)
    }
    child[output]!.on('data', look)
    child.once('exit', code => reject(new Error(`it ended with ${code}:\n${said}`)))
  })
}

/** The environment of the tests, less what would configure us. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL|TUTTI|NODE_OPTIONS|NODE_ENV)/.test(name)),
  )
}
