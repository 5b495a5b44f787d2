import { type Exporters, readExporters } from '../push/exporters.ts'
import { readAppName } from './app-name.ts'
import { readResourceAttributes } from './resource-attributes.ts'
import { readBoolean, readPort, readText, type Warn } from './variables.ts'

export interface Configuration {
  metricsEnabled: boolean
  /** Without `prometheus` the metrics are recorded but not served: somebody else serves the directory, or nobody. */
  exporters: Exporters
  host: string
  port: number
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
    readAppName(script) ??
    'unknown_service:node'
  return {
    metricsEnabled: readBoolean(env, 'TUTTI_METRICS_ENABLED', true, warn),
    exporters: readExporters(env, warn),
    // Spelled as a number: `localhost` may mean an address this machine does not have.
    host: readText(env, 'OTEL_EXPORTER_PROMETHEUS_HOST') ?? '127.0.0.1',
    port: readPort(env, 'OTEL_EXPORTER_PROMETHEUS_PORT', 9464, warn),
    serviceName,
    resourceAttributes,
  }
}

const inheritedName = 'TUTTI_SERVICE_NAME'

/** A child may run a script of another package; it is a process of this service all the same. */
export function passServiceName(env: NodeJS.ProcessEnv, { serviceName }: Configuration): void {
  env[inheritedName] = serviceName
}
