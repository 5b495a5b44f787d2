import { resolve } from 'node:path'
import { type Exporters, readExporters } from '../push/exporters.ts'
import { START_LINES, type StartLine } from '../start-line.ts'
import { readAppName } from './app-name.ts'
import { readLogLevel } from './log-level.ts'
import { type PageVariables, readPageVariables } from './page-variables.ts'
import { readResourceAttributes } from './resource-attributes.ts'
import { readBoolean, readChoice, readPort, readText, type Warn } from './variables.ts'

export interface Configuration {
  metricsEnabled: boolean
  /** Without `prometheus` the metrics are recorded but not served: somebody else serves the directory, or nobody. */
  exporters: Exporters
  host: string
  /** False when nobody chose it: then a line tells how to open the page to other machines. */
  hostIsChosen: boolean
  port: number
  /** Prometheus' `web.config.yml`: TLS, client certificates, users. */
  webConfigFile: string | undefined
  /** A token a line, of which a scrape must send one. */
  bearerTokenFile: string | undefined
  /** Whether the live page is served beside the metrics. */
  console: 'on' | 'off'
  page: PageVariables
  /** False when `OTEL_LOG_LEVEL` wants to hear of nothing. */
  warns: boolean
  startLine: StartLine
  serviceName: string
  resourceAttributes: Record<string, string>
}

/**
 * What the environment asks for. A value that makes no sense gets one line that names the variable, the
 * value, what is used instead and the mend; then the default holds.
 */
export function readConfiguration(
  env: NodeJS.ProcessEnv,
  warn: Warn,
  script: string | undefined = process.argv[1],
): Configuration {
  readBoolean(env, 'OTEL_SDK_DISABLED', false, warn)
  const resourceAttributes = readResourceAttributes(env, warn)
  const serviceName =
    readText(env, 'OTEL_SERVICE_NAME') ??
    resourceAttributes['service.name'] ??
    readText(env, inheritedName) ??
    readPm2Name(env) ??
    readAppName(script) ??
    'unknown_service:node'
  const { warns, informs } = readLogLevel(env)
  const startLine = readChoice(env, 'TUTTI_START_LINE', START_LINES, 'text', warn)
  const host = readText(env, 'OTEL_EXPORTER_PROMETHEUS_HOST')
  return {
    metricsEnabled: readBoolean(env, 'TUTTI_METRICS_ENABLED', true, warn),
    exporters: readExporters(env, warn),
    // Spelled as a number: `localhost` may mean an address this machine does not have.
    host: host ?? '127.0.0.1',
    hostIsChosen: host !== undefined,
    webConfigFile: readText(env, 'TUTTI_WEB_CONFIG_FILE'),
    bearerTokenFile: readText(env, 'TUTTI_BEARER_TOKEN_FILE'),
    console: readChoice(env, 'TUTTI_CONSOLE', ['on', 'off'], defaultConsole(env), warn),
    page: readPageVariables(env, warn),
    port: readPort(env, 'OTEL_EXPORTER_PROMETHEUS_PORT', 9464, warn),
    warns,
    startLine: informs ? startLine : 'off',
    serviceName,
    resourceAttributes,
  }
}

/** It is for those who develop the service; in production the page is for machines, unless somebody asks. */
function defaultConsole(env: NodeJS.ProcessEnv): 'on' | 'off' {
  return readText(env, 'NODE_ENV')?.toLowerCase() === 'production' ? 'off' : 'on'
}

const inheritedName = 'TUTTI_SERVICE_NAME'

/** Under PM2 the script is PM2's own; what the app is called there also names its directory. */
function readPm2Name(env: NodeJS.ProcessEnv): string | undefined {
  return env.pm_id === undefined ? undefined : readText(env, 'name')
}

/** A child may run a script of another package, in another folder; it is a process of this service all the same. */
export function passToChildren(env: NodeJS.ProcessEnv, configuration: Configuration): void {
  const { serviceName, webConfigFile, bearerTokenFile } = configuration
  env[inheritedName] = serviceName
  if (webConfigFile !== undefined) env.TUTTI_WEB_CONFIG_FILE = resolve(webConfigFile)
  if (bearerTokenFile !== undefined) env.TUTTI_BEARER_TOKEN_FILE = resolve(bearerTokenFile)
}
