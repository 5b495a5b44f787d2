import { Worker } from 'node:worker_threads'
import { diag } from '@opentelemetry/api'
import { expose } from './expose.ts'
import type { FromThread } from './thread.ts'

export interface ExposerOptions {
  /** The directory whose page is served. */
  directory: string
  /** Address to listen on. Default `127.0.0.1`: reachable from this machine only; `0.0.0.0` or `::` opens it. */
  host?: string
  /** Default 9464; 0 takes any free port. */
  port?: number
  /** Default `/metrics`. */
  path?: string
  /** False serves from the calling thread instead of one of its own. */
  thread?: boolean
  /** Told each trouble once, in one line. Default: OpenTelemetry's `diag.warn`. */
  warn?: (line: string) => void
  /** Called when the exposer ends without having been closed. */
  onEnd?: () => void
}

export interface Exposer {
  /** Where the page is, with the port that was chosen. */
  readonly url: string
  close(): Promise<void>
}

export const DEFAULT_HOST = '127.0.0.1'
export const DEFAULT_PORT = 9464
export const DEFAULT_PATH = '/metrics'

/**
 * Serves the page of a directory over HTTP, on a thread of its own that keeps no process alive.
 * Rejects with the system's `code` when the address can't be listened on (`EADDRINUSE`, `EACCES`).
 *
 * @example
 * const { url, close } = await startExposer({ directory: provider.directory, port: 0 })
 */
export async function startExposer(options: ExposerOptions): Promise<Exposer> {
  const { directory, host = DEFAULT_HOST, port = DEFAULT_PORT, path = DEFAULT_PATH, thread = true } = options
  const warn = options.warn ?? ((line: string) => diag.warn(`tutti: ${line}`))
  const exposeOptions = { directory, host, port, path }
  if (!thread) return expose(exposeOptions, warn)

  const worker = new Worker(new URL('./exposer-thread.cjs', import.meta.url), {
    name: 'tutti exposer',
    workerData: { tuttiExposer: exposeOptions },
    // The app's preloads and loaders have no business in this thread, this package's own least of all.
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return new Promise((resolve, reject) => {
    let closing = false
    worker.on('message', (message: FromThread) => {
      if ('warning' in message) return warn(message.warning)
      if ('failed' in message) return reject(Object.assign(new Error(message.failed), { code: message.code }))
      resolve({
        url: message.listening,
        close: () => {
          closing = true
          return end(worker)
        },
      })
    })
    worker.on('error', error => {
      warn(`the exposer failed (${error.message})`)
      reject(error)
    })
    worker.on('exit', () => {
      if (!closing) options.onEnd?.()
    })
    // After the listeners: one for messages would keep the process alive again.
    worker.unref()
  })
}

function end(worker: Worker): Promise<void> {
  return new Promise(resolve => {
    // Whoever waits for the end must be able to see it, also when nothing else keeps the process alive.
    worker.ref()
    worker.once('exit', () => resolve())
    worker.postMessage('close')
  })
}
