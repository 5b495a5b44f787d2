/**
 * The names that are on, by OpenTelemetry's rules: all of them, or those that are enabled by name, less
 * those that are disabled.
 */
export function selectNames(
  known: readonly string[],
  env: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): string[] {
  const enabled = readNames('OTEL_NODE_ENABLED_INSTRUMENTATIONS', known, env, warn)
  const disabled = readNames('OTEL_NODE_DISABLED_INSTRUMENTATIONS', known, env, warn)
  return known.filter(name => (enabled === undefined || enabled.has(name)) && !disabled?.has(name))
}

function readNames(
  variable: string,
  known: readonly string[],
  env: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): Set<string> | undefined {
  const text = env[variable]?.trim()
  if (!text) return undefined
  const names = new Set(
    text
      .split(',')
      .map(name => name.trim())
      .filter(Boolean),
  )
  const unknown = [...names].filter(name => !known.includes(name))
  if (unknown.length > 0) {
    warn(
      `${variable} names ${unknown.map(name => JSON.stringify(name)).join(', ')}, ` +
        `for which there are no metrics; ignored. Known names: ${known.join(', ')}.`,
    )
  }
  return names
}
