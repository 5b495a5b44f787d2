import { readText } from './variables.ts'

const LEVELS = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all']

/** What `OTEL_LOG_LEVEL` lets through: warnings, and the line at start. One that is unknown changes nothing. */
export function readLogLevel(env: NodeJS.ProcessEnv): { warns: boolean; informs: boolean } {
  const level = LEVELS.indexOf(readText(env, 'OTEL_LOG_LEVEL')?.toLowerCase() ?? 'info')
  return { warns: level < 0 || level >= 2, informs: level < 0 || level >= 3 }
}
