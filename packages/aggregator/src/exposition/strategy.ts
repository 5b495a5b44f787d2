/**
 * How OpenTelemetry's names become Prometheus' (OpenTelemetry configuration, `translation_strategy` of the
 * Prometheus exporter): whether other characters than letters, digits and underscores become underscores, and
 * whether units and `_total` are added.
 */
export type TranslationStrategy =
  | 'UnderscoreEscapingWithSuffixes'
  | 'UnderscoreEscapingWithoutSuffixes'
  | 'NoUTF8EscapingWithSuffixes'
  | 'NoTranslation'

export const DEFAULT_STRATEGY: TranslationStrategy = 'UnderscoreEscapingWithSuffixes'

export const STRATEGIES: readonly TranslationStrategy[] = [
  'UnderscoreEscapingWithSuffixes',
  'UnderscoreEscapingWithoutSuffixes',
  'NoUTF8EscapingWithSuffixes',
  'NoTranslation',
]

export function escapesNames(strategy: TranslationStrategy): boolean {
  return strategy.startsWith('Underscore')
}

export function addsSuffixes(strategy: TranslationStrategy): boolean {
  return strategy.endsWith('WithSuffixes')
}
