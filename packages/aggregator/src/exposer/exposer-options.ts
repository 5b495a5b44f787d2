import { resolve } from 'node:path'
import { type PageOptions, pageOptionsOf } from '../exposition/page-options.ts'
import type { ExposeOptions } from './expose.ts'

export interface ExposerOptions extends PageOptions {
  /** The directory whose page is served. */
  directory: string
  /**
   * Address to listen on. Default `127.0.0.1`: reachable from this machine only; `0.0.0.0` or `::` opens it.
   * `unix:/path` listens on a Unix socket of this user.
   */
  host?: string
  /** Default 9464; 0 takes any free port. */
  port?: number
  /** Default `/metrics`. */
  path?: string
  /** A file in the format of Prometheus' `web.config.yml`: TLS, client certificates, users. */
  webConfigFile?: string
  /** A file with a token a line, of which a client must send one: `Authorization: Bearer <token>`. */
  bearerTokenFile?: string
  /** Serves the live page of `@tutti/console`, where that is installed, at `/`. Default false. */
  console?: boolean
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

/** Paths are made absolute here: an app may go to another folder. */
export function withDefaults(options: ExposerOptions): ExposeOptions {
  const { directory, host, port, path, webConfigFile, bearerTokenFile, console } = options
  return {
    directory,
    host: host ?? DEFAULT_HOST,
    port: port ?? DEFAULT_PORT,
    path: path ?? DEFAULT_PATH,
    webConfigFile: webConfigFile ? resolve(webConfigFile) : undefined,
    bearerTokenFile: bearerTokenFile ? resolve(bearerTokenFile) : undefined,
    console: console ?? false,
    ...pageOptionsOf(options),
  }
}
