import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** One of the control plane's processes, as `npm start` runs it. */
export interface Running {
  process: ChildProcess
  /** The pids of the API's workers. */
  workers: number[]
  /** Everything that it has printed. */
  output(): string
  /** The first message over IPC that has this key. */
  message(key: string): Promise<Record<string, unknown>>
  /** Ends it with SIGTERM; resolves with its exit code or the signal that ended it. */
  stop(): Promise<number | string>
}

/** Starts it and waits until it says that it serves. */
export async function startProcess(file: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const preload = file === 'traffic' || file === 'outside' ? [] : ['--require', '@tutti/preload']
  const child = spawn(process.execPath, [...preload, `dist/${file}.mjs`], {
    cwd: join(import.meta.dirname, '..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  child.stdout?.on('data', chunk => {
    output += chunk
  })
  child.stderr?.on('data', chunk => {
    output += chunk
  })
  const exited = once(child, 'exit').then(([code, signal]) => signal ?? code)
  const message = (key: string): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      child.on('message', (content: Record<string, unknown>) => key in content && resolve(content))
      exited.then(how => reject(new Error(`${file} ended with ${how}:\n${output}`)))
    })
  const { pids } = (await message('ready')) as { pids: number[] }
  return {
    process: child,
    workers: pids,
    output: () => output,
    message,
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}
