/** What the environment says of switches and limits. */
export interface EnvironmentSettings {
  readonly isEnabled: boolean
  readonly disabledGroups: ReadonlySet<string>
  readonly maxUpdatesPerMinute: number
  readonly maxSeries: number
  /** One line for each variable that could not be used. */
  readonly lines: readonly string[]
}

/** Series that all metrics of a process may have together, unless it is said otherwise. */
const MAX_SERIES = 10_000

/** Never throws: a bad value is one line, and the default. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentSettings {
  const lines: string[] = []
  const limit = (variable: string, otherwise: number): number => {
    const text = env[variable]?.trim()
    if (!text) return otherwise
    const value = Number(text)
    if (Number.isInteger(value) && value >= 0) return value
    lines.push(`${variable}=${JSON.stringify(text)} is ignored: set it to a whole number from 0.`)
    return otherwise
  }
  const enabled = env.TUTTI_METRICS_ENABLED?.trim().toLowerCase()
  if (enabled && enabled !== 'true' && enabled !== 'false')
    lines.push(`TUTTI_METRICS_ENABLED=${JSON.stringify(enabled)} is ignored: set it to true or false.`)
  const groups = (env.TUTTI_DISABLED_GROUPS ?? '').split(',').map(name => name.trim())
  return {
    isEnabled: enabled !== 'false',
    disabledGroups: new Set(groups.filter(name => name !== '')),
    maxUpdatesPerMinute: limit('TUTTI_MAX_UPDATES_PER_MINUTE', Number.POSITIVE_INFINITY),
    maxSeries: limit('TUTTI_MAX_SERIES', MAX_SERIES),
    lines,
  }
}
