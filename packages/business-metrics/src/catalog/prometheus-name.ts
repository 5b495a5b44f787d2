import type { Across, InstrumentKind } from '../recording/instrument-spec.ts'

/**
 * The family's name on the Prometheus page, with the default strategy `UnderscoreEscapingWithSuffixes`:
 * `deployment.duration` in `s` is `deployment_duration_seconds`, a counter ends in `_total`, a gauge in `1` in `_ratio`
 * (unless its processes' values add up: that is an UpDownCounter to OpenTelemetry). OpenTelemetry's "Prometheus and
 * OpenMetrics compatibility".
 */
export function prometheusName(name: string, unit: string, kind: InstrumentKind, across?: Across): string {
  const full = underscored(name)
  const isCounter = kind === 'counter'
  const base = isCounter ? full.replace(/_total$/, '') : full
  const words = unit === '1' ? ratioWord(kind, across) : unitWords(unit)
  const suffixes = [base === words || base.endsWith(`_${words}`) ? '' : words, isCounter ? 'total' : '']
  return [base, ...suffixes].filter(word => word !== '').join('_')
}

function ratioWord(kind: InstrumentKind, across: Across | undefined): string {
  return kind === 'gauge' && across !== 'sum' ? 'ratio' : ''
}

/** `By/s` is `bytes_per_second`, `{request}` is nothing. */
function unitWords(unit: string): string {
  const [main = '', per] = unit.replaceAll(/\{[^}]*\}/g, '').split('/', 2)
  const words = underscored(WORDS[main] ?? main)
  if (!per) return words
  const perWords = `per_${PER_WORDS[per] ?? underscored(per)}`
  return words === '' ? perWords : `${words}_${perWords}`
}

function underscored(text: string): string {
  return text
    .replaceAll(/[^a-zA-Z0-9_:]+/g, '_')
    .replaceAll(/_{2,}/g, '_')
    .replaceAll(/^_+|_+$/g, '')
}

/** UCUM units to words. The aggregator has the same table, and a test compares the names with its page. */
const WORDS: Readonly<Record<string, string>> = {
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

const PER_WORDS: Readonly<Record<string, string>> = {
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
