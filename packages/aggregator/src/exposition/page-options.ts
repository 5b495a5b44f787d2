import { wildcards } from '../view/wildcards.ts'
import { STRATEGIES, type TranslationStrategy } from './strategy.ts'

/** What a page shows and how it names it, in whichever way it is served. */
export interface PageOptions {
  /** How OpenTelemetry's names become Prometheus'. Default `UnderscoreEscapingWithSuffixes`. */
  readonly translationStrategy?: TranslationStrategy | undefined
  /**
   * Resource attributes with such keys stand on every sample, not only on `target_info`. Patterns may hold `*` and
   * `?`; one that begins with `!` leaves out again what others take in. Private attributes only where shown. Default: none.
   */
  readonly constantLabels?: RegExp | readonly string[] | undefined
  /** Private resource attributes (command line, paths, owner) to show all the same; `*` for all. Default: none. */
  readonly shownAttributes?: readonly string[] | undefined
  /** Tells of counters and histograms when they began: `_created` in OpenMetrics, `created_timestamp` in protobuf. */
  readonly createdTimestamps?: boolean | undefined
  /** Leaves out the `otel_scope_*` labels. */
  readonly withoutScopeInfo?: boolean | undefined
  /** Leaves out `target_info`. */
  readonly withoutTargetInfo?: boolean | undefined
}

/** A page option that makes no sense. */
export class PageOptionError extends Error {
  readonly code = 'TUTTI_PAGE_OPTION_INVALID'
  constructor(message: string) {
    super(message)
    this.name = 'PageOptionError'
  }
}

/** Those of the options that are a page's, fit to be sent to a thread. Throws {@link PageOptionError}. */
export function pageOptionsOf(options: PageOptions): PageOptions {
  const { translationStrategy, constantLabels, shownAttributes } = options
  const { createdTimestamps, withoutScopeInfo, withoutTargetInfo } = options
  if (translationStrategy !== undefined && !STRATEGIES.includes(translationStrategy))
    throw new PageOptionError(
      `translationStrategy ${JSON.stringify(translationStrategy)} is none. Use one of ${STRATEGIES.join(', ')}.`,
    )
  const isPatterns =
    Array.isArray(constantLabels) && constantLabels.every(pattern => typeof pattern === 'string')
  if (constantLabels !== undefined && !isPatterns && !(constantLabels instanceof RegExp))
    throw new PageOptionError(
      `constantLabels is neither a RegExp nor a list of patterns. Write it as ['deployment.*', 'service.name'].`,
    )
  return {
    translationStrategy,
    constantLabels,
    shownAttributes,
    createdTimestamps,
    withoutScopeInfo,
    withoutTargetInfo,
  }
}

/** Which resource attributes stand on every sample, by their keys. */
export function constantLabelFilter({ constantLabels }: PageOptions): (key: string) => boolean {
  if (constantLabels === undefined) return () => false
  // One with a `g` or `y` remembers where it was.
  if (constantLabels instanceof RegExp) return key => key.search(constantLabels) >= 0
  const isExcluding = (pattern: string) => pattern.startsWith('!')
  const included = constantLabels.filter(pattern => !isExcluding(pattern)).map(pattern => wildcards(pattern))
  const excluded = constantLabels.filter(isExcluding).map(pattern => wildcards(pattern.slice(1)))
  // Only exclusions: all but those (OpenTelemetry configuration, IncludeExclude).
  const isIncluded = (key: string) => included.length === 0 || included.some(matches => matches(key))
  return key => constantLabels.length > 0 && isIncluded(key) && !excluded.some(matches => matches(key))
}
