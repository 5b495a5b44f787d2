import { diag } from '@opentelemetry/api'
import { type ExposeOptions, expose } from './expose.ts'
import { startThread } from './start-thread.ts'

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

const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = 9464
const DEFAULT_PATH = '/metrics'

/**
 * Serves the page of a directory over HTTP, on a thread of its own that keeps no process alive.
 * Rejects with the system's `code` when the address can't be listened on (`EADDRINUSE`, `EACCES`).
 *
 * @example
 * const { url, close } = await startExposer({ directory: provider.directory, port: 0 })
 */
export async function startExposer(options: ExposerOptions): Promise<Exposer> {
  const warn = options.warn ?? ((line: string) => diag.warn(`tutti: ${line}`))
  if (options.thread === false) return expose(withDefaults(options), warn)
  const { worker, listening } = startThread(withDefaults(options), { warn, onEnd: options.onEnd })
  // Who waits for it must see it listen, also when nothing else keeps the process alive.
  worker.ref()
  return listening.finally(() => worker.unref())
}

export function withDefaults({ directory, host, port, path }: ExposerOptions): ExposeOptions {
  return { directory, host: host ?? DEFAULT_HOST, port: port ?? DEFAULT_PORT, path: path ?? DEFAULT_PATH }
}
