import { readText, type Warn } from '../configuration/variables.ts'

/** The exporters of traces and of logs that were asked for; none: nothing of them is loaded. */
export interface Signals {
  readonly traces: readonly string[]
  readonly logs: readonly string[]
}

/** Unlike upstream's, where an empty variable means `otlp`: a service that nobody told has no receiver. */
export function readSignals(env: NodeJS.ProcessEnv, warn: Warn): Signals {
  return {
    traces: readExporterNames(env, 'OTEL_TRACES_EXPORTER', ['otlp', 'console', 'zipkin'], warn),
    logs: readExporterNames(env, 'OTEL_LOGS_EXPORTER', ['otlp', 'console'], warn),
  }
}

function readExporterNames(env: NodeJS.ProcessEnv, variable: string, known: string[], warn: Warn): string[] {
  const text = readText(env, variable)
  if (text === undefined) return []
  const names = [...new Set(text.split(',').map(name => name.trim().toLowerCase()))]
  if (names.includes('none')) return []
  const unknown = names.filter(name => !known.includes(name))
  if (unknown.length > 0) {
    const used = names.filter(name => known.includes(name)).join(',') || 'none'
    warn(
      `${variable}=${JSON.stringify(text)}: there is no exporter ${unknown.join(', ')}; using ${used}. ` +
        `Set it to ${known.join(', ')} or none, or several of them with commas between.`,
    )
  }
  return names.filter(name => known.includes(name))
}
