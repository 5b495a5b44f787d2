import type { InstrumentKind } from '../recording/instrument-spec.ts'

/** UCUM units to words, as OpenTelemetry's "Prometheus and OpenMetrics compatibility" has them. */
const WORDS: Readonly<Record<string, string>> = {
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
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  '%': 'percent',
}

/**
 * The family's name on the Prometheus page, with the default strategy `UnderscoreEscapingWithSuffixes`:
 * `deployment.duration` in `s` is `deployment_duration_seconds`, a counter ends in `_total`, a gauge in `1` in `_ratio`.
 */
export function prometheusName(name: string, unit: string, kind: InstrumentKind): string {
  const full = name.replaceAll(/[^a-zA-Z0-9_:]+/g, '_').replaceAll(/_{2,}/g, '_')
  const isCounter = kind === 'counter'
  const base = isCounter ? full.replace(/_total$/, '') : full
  const words = unitWords(unit, kind)
  const suffixes = [base === words || base.endsWith(`_${words}`) ? '' : words, isCounter ? 'total' : '']
  return [base, ...suffixes].filter(word => word !== '').join('_')
}

function unitWords(unit: string, kind: InstrumentKind): string {
  if (unit === '1') return kind === 'gauge' ? 'ratio' : ''
  const plain = unit.replaceAll(/\{[^}]*\}/g, '')
  return WORDS[plain] ?? plain.replaceAll(/[^a-zA-Z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '')
}
