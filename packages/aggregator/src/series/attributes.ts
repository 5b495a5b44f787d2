import type { Attributes } from '@opentelemetry/api'

/**
 * The one text that stands for a set of attributes: own keys in code-unit order, as JSON pairs. `undefined`,
 * `null` and what JSON can't say are left out (OpenTelemetry: such values are not attributes).
 */
export function canonicalAttributes(attributes: Attributes): string {
  const pairs: [string, unknown][] = []
  for (const key of Object.keys(attributes).sort()) {
    const value = plainValue(attributes[key])
    if (key !== '' && value !== undefined) pairs.push([key, value])
  }
  return JSON.stringify(pairs)
}

function plainValue(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : value.toWellFormed()
    case 'boolean':
      return value
    case 'number':
      // JSON has no word for these, and they are different values.
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return String(value)
    case 'object':
      return value ?? undefined
    default:
      return undefined
  }
}

/** What stands for every set of attributes above the limit (OpenTelemetry metrics SDK, cardinality limits). */
export const OVERFLOW_ATTRIBUTES: Attributes = { 'otel.metric.overflow': true }
export const OVERFLOW_TEXT: string = canonicalAttributes(OVERFLOW_ATTRIBUTES)
