import { createRequire } from 'node:module'

let api: typeof import('@opentelemetry/api') | undefined

/**
 * OpenTelemetry's API, loaded when it is first needed. Its hundred files would take a third of a recording process's
 * start, and most apps never load it themselves.
 */
export function loadApi(): typeof import('@opentelemetry/api') {
  api ??= createRequire(import.meta.url)('@opentelemetry/api') as typeof import('@opentelemetry/api')
  return api
}

/** Where lines go that nobody else takes. */
export function warnByDiag(line: string): void {
  loadApi().diag.warn(`tutti: ${line}`)
}
