import { readTokens } from './access/bearer-tokens.ts'
import { ConfigurationError } from './web-config/configuration-error.ts'
import type { RateLimit, WebConfig } from './web-config/read-web-config.ts'
import type { Tls } from './web-config/tls.ts'
import { WatchedFiles } from './web-config/watched-files.ts'

export interface ProtectionOptions {
  /** A file in the format of Prometheus' `web.config.yml`: TLS, client certificates, users. */
  readonly webConfigFile?: string | undefined
  /** A file with a token a line, of which a client must send one: `Authorization: Bearer <token>`. */
  readonly bearerTokenFile?: string | undefined
}

/** Who may read the page, and how it is carried. Another object whenever a file has changed. */
export interface Settings {
  readonly tls: Tls | undefined
  readonly headers: ReadonlyMap<string, string>
  readonly users: ReadonlyMap<string, string>
  readonly tokens: readonly string[]
  readonly rateLimit: RateLimit | undefined
}

type ReadWebConfig = (files: WatchedFiles) => WebConfig | undefined

const OPEN: Settings = {
  tls: undefined,
  headers: new Map(),
  users: new Map(),
  tokens: [],
  rateLimit: undefined,
}

/**
 * The settings of the files, read again when one of them changed: certificates and passwords are replaced without
 * a restart. What is broken at the start is an error, so that nothing is ever served unprotected; what breaks later
 * changes nothing and is said once.
 */
export class Protection {
  readonly #options: ProtectionOptions
  readonly #readWeb: ReadWebConfig
  readonly #warn: (line: string) => void
  #files: WatchedFiles = new WatchedFiles()
  #settings: Settings = OPEN
  #warnedOf = ''

  private constructor(options: ProtectionOptions, readWeb: ReadWebConfig, warn: (line: string) => void) {
    this.#options = options
    this.#readWeb = readWeb
    this.#warn = warn
    this.#settings = this.#read(this.#files)
  }

  /** Throws {@link ConfigurationError} for files that can't be followed. */
  static async open(options: ProtectionOptions, warn: (line: string) => void): Promise<Protection> {
    const readWeb = await loadWebConfig(options.webConfigFile)
    const protection = new Protection(options, readWeb, warn)
    protection.#warnOfEnd()
    return protection
  }

  /** False while the files can't be followed and what they said before holds. */
  get isUpToDate(): boolean {
    return this.#warnedOf === ''
  }

  get isConfigured(): boolean {
    return this.#options.webConfigFile !== undefined || this.#options.bearerTokenFile !== undefined
  }

  /** As of now. Looks at the files' times each time: some microseconds, and no timer or watcher to go wrong. */
  current(): Settings {
    if (!this.#files.haveChanged()) return this.#settings
    const files = new WatchedFiles()
    this.#files = files
    try {
      const settings = this.#read(files)
      this.#refuseLess(settings)
      this.#settings = settings
      this.#warnedOf = ''
      this.#warnOfEnd()
    } catch (error) {
      const why = (error as Error).message
      if (why !== this.#warnedOf) this.#warn(`${why} What was read before holds until then.`)
      this.#warnedOf = why
    }
    return this.#settings
  }

  #read(files: WatchedFiles): Settings {
    const { bearerTokenFile } = this.#options
    const web = this.#readWeb(files)
    const tokens = bearerTokenFile === undefined ? [] : readTokens(bearerTokenFile, files)
    return { ...OPEN, ...web, tokens }
  }

  /** A file that is read while it is being written may end anywhere: what it says less is not believed. */
  #refuseLess(settings: Settings): void {
    const file = this.#options.webConfigFile
    if (file === undefined) return
    const refuse = (key: string, problem: string) => {
      throw new ConfigurationError(file, key, problem, 'Restart to make it so, or put it back')
    }
    if ((settings.tls === undefined) !== (this.#settings.tls === undefined))
      refuse('tls_server_config', "can't be turned on or off while the page is served")
    if (settings.users.size === 0 && this.#settings.users.size > 0)
      refuse('basic_auth_users', "can't be emptied while the page is served")
    if (settings.tls?.clientAuth === 'none' && this.#settings.tls?.clientAuth !== 'none')
      refuse('client_auth_type', "can't be turned off while the page is served")
  }

  #warnOfEnd(): void {
    const end = this.#settings.tls?.validTo
    if (end === undefined || end.getTime() > Date.now()) return
    this.#warn(
      `the page's certificate ended on ${end.toISOString()}: clients will refuse it until it is renewed.`,
    )
  }
}

/** YAML and TLS are megabytes: loaded only where there is such a file, and only in the thread that serves. */
async function loadWebConfig(file: string | undefined): Promise<ReadWebConfig> {
  if (file === undefined) return () => undefined
  const { parse } = await import('yaml')
  const { readWebConfig } = await import('./web-config/read-web-config.ts')
  // Text stays text in this schema; keys that stand twice are an error.
  const parsed = (text: string) => parse(text, { schema: 'failsafe', mapAsMap: true, logLevel: 'error' })
  return files => readWebConfig(file, files, parsed)
}
