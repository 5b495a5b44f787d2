import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Point {
  attributes: Record<string, string | number>
  value: number
  sum?: number
}

export interface Collected {
  metrics: { scope: string; name: string; unit: string; points: Point[] }[]
  names: string[]
  warnings: string[]
  modules: string[]
}

/** A real app in a process of its own, instrumented from the built package. */
export interface App {
  process: ChildProcess
  /** What the app said when it was ready. */
  ready: { port: number } & Record<string, unknown>
  get(path: string, init?: RequestInit): Promise<number>
  collect(): Promise<Collected>
  points(name: string): Promise<Point[]>
  stop(): Promise<void>
}

export async function startApp(name: string, env: NodeJS.ProcessEnv = {}): Promise<App> {
  const child = fork(path(`apps/${name}`), {
    execArgv: ['--require', path('apps/record.cjs')],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ready = await answer<App['ready']>(child)

  async function collect(): Promise<Collected> {
    child.send('collect')
    return answer<Collected>(child)
  }

  return {
    process: child,
    ready,
    collect,
    async get(target, init): Promise<number> {
      const response = await fetch(`http://127.0.0.1:${ready.port}${target}`, init)
      await response.arrayBuffer()
      return response.status
    },
    async points(metric): Promise<Point[]> {
      const { metrics } = await collect()
      return metrics.find(({ name }) => name === metric)?.points ?? []
    },
    async stop(): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

async function answer<Message>(child: ChildProcess): Promise<Message> {
  const answered = new AbortController()
  const { signal } = answered
  const ended = once(child, 'exit', { signal }).then(([code, killedBy]) => {
    throw new Error(`the app ended with ${code ?? killedBy}`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended])
    return message as Message
  } finally {
    ended.catch(() => {})
    answered.abort()
  }
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}
