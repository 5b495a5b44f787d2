import { dirname } from 'node:path'
import { ConfigurationError } from './configuration-error.ts'
import { readDuration } from './duration.ts'
import { Section } from './section.ts'
import { readTls, type Tls } from './tls.ts'
import type { WatchedFiles } from './watched-files.ts'

/** What a `web.config.yml` says, its certificates included. */
export interface WebConfig {
  readonly tls: Tls | undefined
  /** Headers for every response. */
  readonly headers: ReadonlyMap<string, string>
  /** bcrypt hashes by user; empty: nobody is asked for a password. */
  readonly users: ReadonlyMap<string, string>
  readonly rateLimit: RateLimit | undefined
}

export interface RateLimit {
  readonly intervalMs: number
  readonly burst: number
}

/** What makes text of YAML a value; the `yaml` package is loaded only where there is something to parse. */
export type ParseYaml = (text: string) => unknown

/**
 * Reads a file in the format that Prometheus and its exporters share (exporter-toolkit, docs/web-configuration.md).
 * Throws {@link ConfigurationError} at whatever it does not understand.
 */
export function readWebConfig(file: string, files: WatchedFiles, parse: ParseYaml): WebConfig {
  const text = files.read(file, 'the web configuration')
  const root = new Section(file, '', parsed(file, text, parse))
  const tls = readTls(root.section('tls_server_config'), dirname(file), files)
  const headers = readHttp(root.section('http_server_config'))
  const users = readUsers(root.section('basic_auth_users'))
  const rateLimit = readRateLimit(root.section('rate_limit'))
  root.end()
  return { tls, headers, users, rateLimit }
}

function parsed(file: string, text: string, parse: ParseYaml): unknown {
  try {
    return parse(text)
  } catch (error) {
    // Its first line names the place; what follows would quote the file, hashes and keys included.
    const [why] = (error as Error).message.split('\n', 1)
    throw new ConfigurationError(file, 'the file', `is not YAML (${why.replace(/:$/, '')})`, 'Correct it')
  }
}

const ALLOWED_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'Content-Security-Policy': [],
  'Strict-Transport-Security': [],
  'X-Content-Type-Options': ['nosniff'],
  'X-Frame-Options': ['deny', 'sameorigin'],
  'X-XSS-Protection': [],
}

/** `http2` is understood and changes nothing: a scrape is one request, and HTTP/1.1 is what is spoken here. */
function readHttp(http: Section): Map<string, string> {
  http.boolean('http2', true)
  const section = http.section('headers')
  http.end()
  const headers = section.texts()
  for (const [name, value] of headers) {
    const values = section.choice(name, name, ALLOWED_HEADERS)
    if (value === '') headers.delete(name)
    else if (values.length > 0 && !values.includes(value))
      throw section.error(name, `is ${JSON.stringify(value)}`, `Use ${values.join(' or ')}`)
    else if (/[^\t\x20-\x7e]/.test(value)) throw section.error(name, 'is not plain text', 'Use ASCII')
  }
  return headers
}

const BCRYPT = /^\$2[abxy]?\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/

function readUsers(section: Section): Map<string, string> {
  const users = section.texts()
  for (const [user, hash] of users) {
    if (BCRYPT.test(hash)) continue
    throw section.error(user, 'is not a bcrypt hash', 'Make one with: htpasswd -nBC 10 ""')
  }
  return users
}

function readRateLimit(section: Section): RateLimit | undefined {
  const interval = section.text('interval') ?? '0s'
  const burst = section.text('burst') ?? '0'
  section.end()
  const intervalMs = readDuration(interval)
  if (intervalMs === undefined)
    throw section.error('interval', `is ${JSON.stringify(interval)}`, 'Write a duration such as 500ms or 1s')
  if (!/^\d{1,9}$/.test(burst))
    throw section.error('burst', `is ${JSON.stringify(burst)}`, 'Write a whole number')
  if (intervalMs === 0) return undefined
  if (burst === '0') throw section.error('burst', 'lets no request through', 'Write 1 or more')
  return { intervalMs, burst: Number(burst) }
}
