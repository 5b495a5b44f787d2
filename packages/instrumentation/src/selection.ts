/**
 * The names that are on, by OpenTelemetry's rules: all of them, or those that are enabled by name, less
 * those that are disabled.
 * @param hasTraces the variables are OpenTelemetry's own and select instrumentations of traces, too, where there are any.
 */
export function selectNames(
  known: readonly string[],
  env: NodeJS.ProcessEnv,
  warn: (line: string) => void,
  hasTraces?: (name: string) => boolean,
): string[] {
  const read = (variable: string): Set<string> | undefined => {
    const names = readNames(env[variable])
    if (names !== undefined) warnOfUnknown(variable, names, known, warn, hasTraces)
    return names
  }
  const enabled = read('OTEL_NODE_ENABLED_INSTRUMENTATIONS')
  const disabled = read('OTEL_NODE_DISABLED_INSTRUMENTATIONS')
  return known.filter(name => (enabled === undefined || enabled.has(name)) && !disabled?.has(name))
}

function readNames(text: string | undefined): Set<string> | undefined {
  if (!text?.trim()) return undefined
  const names = text.split(',').map(name => name.trim())
  return new Set(names.filter(Boolean))
}

function warnOfUnknown(
  variable: string,
  names: Set<string>,
  known: readonly string[],
  warn: (line: string) => void,
  hasTraces?: (name: string) => boolean,
): void {
  const unknown = [...names].filter(name => !known.includes(name) && !hasTraces?.(name))
  if (unknown.length === 0) return
  const missing = hasTraces === undefined ? 'are no metrics' : 'are neither metrics nor traces'
  warn(
    `${variable} names ${unknown.map(name => JSON.stringify(name)).join(', ')}, ` +
      `for which there ${missing}; ignored. Known names: ${known.join(', ')}.`,
  )
}
