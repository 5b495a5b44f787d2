import { readText, type Warn } from '../configuration/variables.ts'

/** What `OTEL_METRICS_EXPORTER` may name. */
export interface Exporters {
  /** The page. */
  readonly prometheus: boolean
  readonly otlp: boolean
  readonly console: boolean
}

const VARIABLE = 'OTEL_METRICS_EXPORTER'
const NAMES = ['prometheus', 'otlp', 'console', 'none']

/** Several names may stand side by side, `prometheus,otlp`. Unset: the page alone. */
export function readExporters(env: NodeJS.ProcessEnv, warn: Warn): Exporters {
  const text = readText(env, VARIABLE) ?? 'prometheus'
  const names = text.split(',').map(name => name.trim().toLowerCase())
  const unknown = names.filter(name => !NAMES.includes(name))
  if (unknown.length > 0) {
    warn(
      `${VARIABLE}=${JSON.stringify(text)}: there is no exporter ${unknown.join(', ')}; using prometheus. ` +
        `Set it to ${NAMES.join(', ')}, or several of them with commas between.`,
    )
  }
  return {
    prometheus: unknown.length > 0 || names.includes('prometheus'),
    otlp: names.includes('otlp'),
    console: names.includes('console'),
  }
}
