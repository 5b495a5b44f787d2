import type { Attributes } from '@opentelemetry/api'

/**
 * The one text that stands for a set of attributes: own keys in code-unit order, as JSON pairs. `undefined`,
 * `null` and what JSON can't say are left out (OpenTelemetry: such values are not attributes).
 *
 * @param maxLength texts, also those in arrays, are cut after so many UTF-16 units (OpenTelemetry common
 * specification, attribute limits).
 * @param cut told of every attribute of which something was cut.
 */
export function canonicalAttributes(
  attributes: Attributes,
  maxLength: number = Number.POSITIVE_INFINITY,
  cut: (key: string) => void = () => {},
): string {
  const pairs: [string, unknown][] = []
  for (const key of Object.keys(attributes).sort()) {
    const whole = attributes[key]
    const value = plainValue(isLonger(whole, maxLength) ? shorten(whole, maxLength) : whole)
    if (value !== undefined && isLonger(whole, maxLength)) cut(key)
    if (key !== '' && value !== undefined) pairs.push([key, value])
  }
  return JSON.stringify(pairs)
}

function isLonger(value: unknown, maxLength: number): boolean {
  if (typeof value === 'string') return value.length > maxLength
  return Array.isArray(value) && value.some(each => typeof each === 'string' && each.length > maxLength)
}

function shorten(value: unknown, maxLength: number): unknown {
  if (Array.isArray(value)) return value.map(each => shorten(each, maxLength))
  return typeof value === 'string' ? value.slice(0, maxLength) : value
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
