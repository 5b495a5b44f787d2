import { createRequire } from 'node:module'
import type { IMetricReader, PushMetricExporter } from '@opentelemetry/sdk-metrics'
import { readMilliseconds, readText, type Warn } from '../configuration/variables.ts'
import { releaseExportRequests } from './export-requests.ts'
import type { Exporters } from './exporters.ts'
import { withUnrefTimers } from './unref-timers.ts'

const require = createRequire(import.meta.url)

/**
 * Readers that push, for those who outgrow one machine's page. The SDK and the exporters are loaded only when they
 * are asked for; where to, how often and with which temporality is said by OpenTelemetry's own variables. Every
 * process has these readers; only the elected one pushes, for all.
 */
export function createPushReaders(env: NodeJS.ProcessEnv, exporters: Exporters, warn: Warn): IMetricReader[] {
  const made: PushMetricExporter[] = []
  if (exporters.otlp) {
    releaseExportRequests()
    const otlp = withUnrefTimers(() => createOtlpExporter(env, warn))
    if (otlp !== undefined) made.push(otlp)
  }
  if (!exporters.console && made.length === 0) return []

  const sdk = withUnrefTimers(() =>
    require('@opentelemetry/sdk-metrics'),
  ) as typeof import('@opentelemetry/sdk-metrics')
  if (exporters.console) made.push(new sdk.ConsoleMetricExporter())
  const exportIntervalMillis = readMilliseconds(env, 'OTEL_METRIC_EXPORT_INTERVAL', 60_000, warn)
  const timeout = readMilliseconds(env, 'OTEL_METRIC_EXPORT_TIMEOUT', 30_000, warn)
  return made.map(exporter => {
    const exportTimeoutMillis = Math.min(timeout, exportIntervalMillis)
    return new sdk.PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis })
  })
}

/** By protocol, as the OTLP exporter's specification names them. */
const PACKAGES: Record<string, string> = {
  'http/protobuf': '@opentelemetry/exporter-metrics-otlp-proto',
  'http/json': '@opentelemetry/exporter-metrics-otlp-http',
  grpc: '@opentelemetry/exporter-metrics-otlp-grpc',
}

function createOtlpExporter(env: NodeJS.ProcessEnv, warn: Warn): PushMetricExporter | undefined {
  const asked =
    readText(env, 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL') ?? readText(env, 'OTEL_EXPORTER_OTLP_PROTOCOL')
  const protocol = asked ?? 'http/protobuf'
  const name = PACKAGES[protocol] ?? PACKAGES['http/protobuf']
  if (PACKAGES[protocol] === undefined) {
    warn(
      `the OTLP protocol ${JSON.stringify(protocol)} is none; using http/protobuf. Set ` +
        `OTEL_EXPORTER_OTLP_METRICS_PROTOCOL to ${Object.keys(PACKAGES).join(', ')}.`,
    )
  }
  try {
    const { OTLPMetricExporter } = load(name)
    return new OTLPMetricExporter()
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]
    warn(`metrics are not pushed: ${name} did not load (${why}). Install it beside @tutti/preload.`)
    return undefined
  }
}

/** Those we bring, or, for gRPC with its many packages, the one that the app has. */
function load(name: string): { OTLPMetricExporter: new () => PushMetricExporter } {
  try {
    return require(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    return createRequire(`${process.cwd()}/`)(name)
  }
}
