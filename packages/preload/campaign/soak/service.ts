import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { cleanEnv } from '../../test/process.ts'

/** What may grow in one process; see app.cjs. */
export type Measured = Record<string, number>

export interface Service {
  port: number
  pageUrl: string
  directory: string
  /** Ends a worker in this way and waits until another one listens in its place. */
  restart(way: 'kill' | 'disconnect' | 'exit'): Promise<void>
  /** A thread of the first worker that records and ends. */
  startThread(): void
  measure(): Promise<{ primary: Measured; worker: Measured }>
  stop(): Promise<void>
}

/** Starts the clustered app of the soak with the preload, and waits until its page and its workers can be had. */
export async function startService(): Promise<Service> {
  const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
  const child = fork(file('app.cjs'), [], {
    execArgv: [
      '--expose-gc',
      '--require',
      file('compress-time.cjs'),
      '--require',
      file('../../dist/index.cjs'),
    ],
    env: cleanEnv({ OTEL_SERVICE_NAME: 'soak' }),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const started = once(child, 'message') as Promise<[{ port: number }]>
  const line = await firstLine(child)
  const [, pageUrl, directory] = /on (http\S+) .*directory ([^\s;)]+)/.exec(line) ?? []
  if (pageUrl === undefined || directory === undefined) throw new Error(`the service said: ${line}`)
  const [{ port }] = await started
  const died = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the service ended by itself (${code ?? signal})`)
  })
  died.catch(() => {})
  const next = (): Promise<unknown> =>
    Promise.race([new Promise(resolve => child.once('message', resolve)), died])
  return {
    port,
    pageUrl,
    directory,
    async restart(way): Promise<void> {
      child.send({ kind: 'restart', way })
      await next()
    },
    startThread: () => void child.send({ kind: 'thread' }),
    async measure(): Promise<{ primary: Measured; worker: Measured }> {
      child.send({ kind: 'measure' })
      return (await next()) as { primary: Measured; worker: Measured }
    },
    async stop(): Promise<void> {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

/** Everything else that it says is passed on: a line more than one at start is worth knowing. */
async function firstLine({ stderr }: ChildProcess): Promise<string> {
  let said = ''
  for await (const data of stderr!.iterator({ destroyOnReturn: false })) {
    said += String(data)
    if (said.includes('\n')) break
  }
  stderr!.pipe(process.stderr, { end: false })
  return said.split('\n')[0]!
}
