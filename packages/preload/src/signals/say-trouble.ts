import { DiagLogLevel, diag } from '@opentelemetry/api'
import type { Warn } from '../configuration/variables.ts'

/** Different lines of the SDK that a process passes on at most. */
const LINES_LIMIT = 5

/**
 * The SDK is silent about what goes wrong unless OTEL_LOG_LEVEL is set. Here each kind of trouble is one line, and
 * every export that fails is of one kind.
 */
export function sayTrouble(env: NodeJS.ProcessEnv, warn: Warn): void {
  if (env.OTEL_LOG_LEVEL?.trim()) return
  const said = new Set<string>()
  const pass = (message: unknown): void => {
    const line = describeTrouble(String(message))
    const kind = line.startsWith(EXPORT_FAILED) ? EXPORT_FAILED : line
    if (line === '' || said.has(kind) || said.size >= LINES_LIMIT) return
    said.add(kind)
    warn(line)
  }
  const ignore = (): void => {}
  const logger = { error: pass, warn: pass, info: ignore, debug: ignore, verbose: ignore }
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
}

const EXPORT_FAILED = 'traces or logs could not be sent'

/** An error comes as the JSON of its properties, anything else as a sentence. */
function describeTrouble(text: string): string {
  // The names that are no instrumentation at all are said elsewhere, and some of them have metrics only.
  if (text.startsWith('Provided instrumentation name')) return ''
  if (!text.startsWith('{')) return text
  try {
    const { message, code, name } = JSON.parse(text) as Record<string, string | undefined>
    return (
      `${EXPORT_FAILED} (${message || code || name}); they are dropped and the app runs on. ` +
      'Set OTEL_EXPORTER_OTLP_ENDPOINT to where they are received.'
    )
  } catch {
    return text
  }
}
