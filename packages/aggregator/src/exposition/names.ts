import { hasPrometheusNames, isMonotonic, type StreamDefinition } from '../segment/stream.ts'
import { addsSuffixes, DEFAULT_STRATEGY, escapesNames, type TranslationStrategy } from './strategy.ts'

/** What a family is to Prometheus. */
export type FamilyType = 'counter' | 'gauge' | 'histogram'

export function familyType({ aggregation, kind }: StreamDefinition): FamilyType {
  if (aggregation.type === 'lastValue') return 'gauge'
  if (aggregation.type !== 'sum') return 'histogram'
  return isMonotonic(kind) ? 'counter' : 'gauge'
}

/**
 * The family's name by OpenTelemetry's "Prometheus and OpenMetrics compatibility", metric metadata. By default
 * `http.server.request.duration` in `s` is `http_server_request_duration_seconds`, a counter ends in `_total`, a
 * ratio in `_ratio`.
 */
export function familyName(
  definition: StreamDefinition,
  strategy: TranslationStrategy = DEFAULT_STRATEGY,
): string {
  if (hasPrometheusNames(definition)) return definition.name
  const full = escapesNames(strategy) ? underscored(definition.name) : definition.name
  if (!addsSuffixes(strategy)) return notBeginningWithDigit(full, strategy)
  const isCounter = familyType(definition) === 'counter'
  const name = isCounter ? full.replace(/[_.]total$/, '') : full
  const unit = unitWords(definition)
  const words = [name, endsInWords(name, unit) ? '' : unit, isCounter ? 'total' : '']
  return notBeginningWithDigit(words.filter(word => word !== '').join('_'), strategy)
}

/** A label's name: letters, digits and underscores, not beginning with a digit; or as it is. */
export function labelName(key: string, strategy: TranslationStrategy = DEFAULT_STRATEGY): string {
  if (!escapesNames(strategy)) return key
  const name = key.replaceAll(/[^a-zA-Z0-9_]+/g, '_').replaceAll(/_{2,}/g, '_')
  return /^\d/.test(name) ? `key_${name}` : name
}

function notBeginningWithDigit(name: string, strategy: TranslationStrategy): string {
  // A view may give any name, and nothing may be left of it.
  return name === '' || (escapesNames(strategy) && /^\d/.test(name)) ? `_${name}` : name
}

function underscored(name: string): string {
  return name
    .replaceAll(/[^a-zA-Z0-9_:]+/g, '_')
    .replaceAll(/_{2,}/g, '_')
    .replaceAll(/^_+|_+$/g, '')
}

function endsInWords(name: string, words: string): boolean {
  return name === words || (/[_.]/.test(name.at(-words.length - 1) ?? '') && name.endsWith(words))
}

/** UCUM units to words, as the specification's table and Prometheus' conventions have them. */
const UNITS: Record<string, string | undefined> = {
  __proto__: null as never,
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '%': 'percent',
}
const PER_UNITS: Record<string, string | undefined> = {
  __proto__: null as never,
  s: 'second',
  m: 'minute',
  min: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
}

/** `By/s` is `bytes_per_second`, `{request}` is nothing, `1` is `ratio` for a gauge and nothing for others. */
export function unitWords({ unit, kind }: StreamDefinition): string {
  if (unit === '1') return kind === 'GAUGE' || kind === 'OBSERVABLE_GAUGE' ? 'ratio' : ''
  const [main, per] = unit.replaceAll(/\{[^}]*\}/g, '').split('/', 2)
  const words = underscored(UNITS[main] ?? main)
  if (!per) return words
  const perWord = PER_UNITS[per] ?? underscored(per)
  return words === '' ? `per_${perWord}` : `${words}_per_${perWord}`
}
