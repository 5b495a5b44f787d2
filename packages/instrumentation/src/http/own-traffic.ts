import { context, createContextKey } from '@opentelemetry/api'

/** The key by which OpenTelemetry's exporters mark what they send; it is the same in every copy of its core. */
const suppressTracingKey = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')

const exporterAgent = 'OTel-OTLP-Exporter-JavaScript'

/** Whether the current code is an exporter's; without a context manager nobody can tell. */
export function isSuppressed(): boolean {
  return context.active().getValue(suppressTracingKey) === true
}

/** Exporters say who they are, which works without a context manager, so when there are metrics only. */
export function isExporter(userAgent: unknown): boolean {
  return typeof userAgent === 'string' && userAgent.includes(exporterAgent)
}
