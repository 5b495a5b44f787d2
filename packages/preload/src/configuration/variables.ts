export type Warn = (line: string) => void

/** An empty variable is no variable, as OpenTelemetry's specification wants it. */
export function readText(env: NodeJS.ProcessEnv, variable: string): string | undefined {
  return env[variable]?.trim() || undefined
}

/** Names between commas. */
export function readList(env: NodeJS.ProcessEnv, variable: string): string[] {
  const names = readText(env, variable)?.split(',') ?? []
  return names.map(name => name.trim()).filter(name => name !== '')
}

export function readBoolean(
  env: NodeJS.ProcessEnv,
  variable: string,
  defaultValue: boolean,
  warn: Warn,
): boolean {
  const text = readText(env, variable)
  if (text === undefined) return defaultValue
  const lower = text.toLowerCase()
  if (lower === 'true' || lower === 'false') return lower === 'true'
  warn(`${badValue(variable, text)} is neither true nor false; using ${defaultValue}. Set it to one of them.`)
  return defaultValue
}

/** One of some names, in whichever case. */
export function readChoice<Name extends string>(
  env: NodeJS.ProcessEnv,
  variable: string,
  names: readonly Name[],
  defaultName: Name,
  warn: Warn,
): Name {
  const text = readText(env, variable)
  if (text === undefined) return defaultName
  const lower = text.toLowerCase()
  const chosen = names.find(name => name.toLowerCase() === lower)
  if (chosen !== undefined) return chosen
  warn(
    `${badValue(variable, text)} is not known; using ${defaultName}. Set it to one of ${names.join(', ')}.`,
  )
  return defaultName
}

export function readPort(env: NodeJS.ProcessEnv, variable: string, defaultValue: number, warn: Warn): number {
  const text = readText(env, variable)
  if (text === undefined) return defaultValue
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  warn(
    `${badValue(variable, text)} is not a port; using ${defaultValue}. Set it to a whole number from 0 to 65535.`,
  )
  return defaultValue
}

export function readMilliseconds(
  env: NodeJS.ProcessEnv,
  variable: string,
  defaultValue: number,
  warn: Warn,
): number {
  const text = readText(env, variable)
  if (text === undefined) return defaultValue
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  warn(
    `${badValue(variable, text)} is no number of milliseconds; using ${defaultValue}. Set it to a whole number above 0.`,
  )
  return defaultValue
}

function badValue(variable: string, text: string): string {
  return `${variable}=${JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)}`
}
