import type { PageOptions, TranslationStrategy } from '@tutti/aggregator'
import { readBoolean, readChoice, readList, type Warn } from './variables.ts'

/** What the page shows and how it names it, as the environment asks for it. */
export type PageVariables = Required<PageOptions>

/** OpenTelemetry's specification has names for these options of its Prometheus exporter, but no variables. */
export function readPageVariables(env: NodeJS.ProcessEnv, warn: Warn): PageVariables {
  const strategies = Object.keys(STRATEGIES) as TranslationStrategy[]
  const isOn = (variable: string) => readBoolean(env, variable, false, warn)
  return {
    translationStrategy: readChoice(env, 'TUTTI_TRANSLATION_STRATEGY', strategies, strategies[0]!, warn),
    constantLabels: readList(env, 'TUTTI_RESOURCE_CONSTANT_LABELS'),
    shownAttributes: readList(env, 'TUTTI_SHOWN_RESOURCE_ATTRIBUTES'),
    createdTimestamps: isOn('TUTTI_CREATED_TIMESTAMPS'),
    withoutScopeInfo: isOn('TUTTI_WITHOUT_SCOPE_INFO'),
    withoutTargetInfo: isOn('TUTTI_WITHOUT_TARGET_INFO'),
  }
}

/** The first one is the default. Asking the aggregator would load it before it is known to be wanted. */
const STRATEGIES: Record<TranslationStrategy, true> = {
  UnderscoreEscapingWithSuffixes: true,
  UnderscoreEscapingWithoutSuffixes: true,
  NoUTF8EscapingWithSuffixes: true,
  NoTranslation: true,
}
