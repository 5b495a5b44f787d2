import type { Configuration } from './configuration.ts'
import { INTERNAL, VARIABLES } from './variable-table.ts'

/** What is on, as far as variables depend on it. */
export interface Uses {
  readonly otlp: boolean
  readonly push: boolean
  /** Traces or logs: then OpenTelemetry's own SDK reads its variables, too. */
  readonly signals: boolean
}

export function usesOf({ exporters }: Pick<Configuration, 'exporters'>, env: NodeJS.ProcessEnv): Uses {
  const { otlp, console } = exporters
  const isAsked = (names = 'none') => names.trim() !== '' && names.trim().toLowerCase() !== 'none'
  const signals = isAsked(env.OTEL_TRACES_EXPORTER) || isAsked(env.OTEL_LOGS_EXPORTER)
  return { otlp, push: otlp || console, signals }
}

/** What OpenTelemetry's packages read: all of it with traces or logs, the OTLP exporters' with a push. */
const OF_OTLP = /^OTEL_EXPORTER_OTLP_(?:METRICS_)?(?!TRACES_|LOGS_)[A-Z_]+$/
const OF_SDK =
  /^OTEL_(?:TRACES|LOGS|SPAN|EVENT|LINK|LOGRECORD|ATTRIBUTE|BSP|BLRP|PROPAGATORS|EXPORTER_(?:OTLP|ZIPKIN)|NODE|SEMCONV|INSTRUMENTATION|EXPERIMENTAL|CONFIG_FILE)(?:_|$)/
const OURS = /^(?:OTEL|TUTTI)_/
const OTHER_LANGUAGE = /^OTEL_(?:PYTHON|JAVA|JAVAAGENT|DOTNET|GO|PHP|RUBY)_/

/**
 * One line for all variables that are set and change nothing, with what they may have been meant to be. Values are
 * not said: they may be secret.
 */
export function describeDeadVariables(env: NodeJS.ProcessEnv, uses: Uses): string | undefined {
  const dead = findDeadVariables(env, uses).map(({ name, mend }) => name + mend)
  if (dead.length === 0) return undefined
  return `set, but without effect here: ${dead.join(', ')}. Unset ${dead.length === 1 ? 'it' : 'them'}, or correct the name.`
}

/** Those variables, each with what it may have been meant to be: nothing, or ` (...)`. */
export function findDeadVariables(env: NodeJS.ProcessEnv, uses: Uses): { name: string; mend: string }[] {
  return Object.keys(env)
    .filter(name => OURS.test(name) && env[name]?.trim() && isDead(name, uses))
    .map(name => ({ name, mend: mend(name) }))
}

function isDead(name: string, uses: Uses): boolean {
  const variable = VARIABLES.find(known => known.name === name)
  // Who switched the page off knows that its port is of no use.
  if (variable?.needs === 'page') return false
  if (variable?.needs !== undefined) return !uses[variable.needs] && !(uses.signals && OF_SDK.test(name))
  if (variable !== undefined || INTERNAL.includes(name) || OTHER_LANGUAGE.test(name)) return false
  if (OF_OTLP.test(name)) return !uses.otlp && !uses.signals
  return !(uses.signals && OF_SDK.test(name))
}

function mend(name: string): string {
  const needs =
    VARIABLES.find(known => known.name === name)?.needs ?? (OF_OTLP.test(name) ? 'otlp' : undefined)
  if (needs === 'otlp' || needs === 'push') return ' (nothing is pushed: set OTEL_METRICS_EXPORTER=otlp)'
  if (OF_SDK.test(name))
    return ' (there are no traces and logs: set OTEL_TRACES_EXPORTER or OTEL_LOGS_EXPORTER)'
  const meant = VARIABLES.find(known => isNear(known.name, name))
  return meant === undefined ? '' : ` (did you mean ${meant.name}?)`
}

/** At most two letters more, fewer or other ones: the distance of Levenshtein, a row at a time. */
function isNear(known: string, name: string): boolean {
  let above = Array.from({ length: name.length + 1 }, (_, column) => column)
  for (let row = 1; row <= known.length; row++) {
    const current = [row]
    for (let column = 1; column <= name.length; column++) {
      const other = known[row - 1] === name[column - 1] ? 0 : 1
      current.push(Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + other))
    }
    above = current
  }
  return above[name.length]! <= 2
}
