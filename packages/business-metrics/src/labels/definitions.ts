import { MetricMisuseError } from '../misuse-error.ts'

export type LabelValue = string | number | boolean

/** A label whose values are not known beforehand; made by {@link freeText}. */
export interface FreeText {
  readonly free: true
  readonly limit: number
  readonly pattern: RegExp | undefined
}

/** A list of all values that a label can have, or {@link freeText}. */
export type LabelDefinition = readonly LabelValue[] | FreeText

export type LabelDefinitions = Readonly<Record<string, LabelDefinition>>

/** The labels that a measurement gives, as the definitions allow them. */
export type LabelsOf<L extends LabelDefinitions> = {
  readonly [K in keyof L]: L[K] extends readonly (infer V)[] ? V : string
}

/** The labels as an argument, which is left out where there are none. */
export type LabelArguments<L extends LabelDefinitions> = keyof L extends never ? [] : [labels: LabelsOf<L>]

export type NoLabels = Record<never, never>

export interface FreeTextOptions {
  /** Values that are told apart in a process; all others count as `other`. 100 unless it is said. */
  readonly limit?: number
  /**
   * What a value must match; what does not counts as `other`. Values that match are taken as they are, also if they
   * look like an id.
   */
  readonly pattern?: RegExp
}

/**
 * A label whose values are not known beforehand: the name of a queue, a tenant's plan. Not for ids, addresses and
 * tokens, of which there are ever more: those are refused.
 *
 * @example
 * counter({ name: 'feed.polls', description: 'Polls.', labels: { host: freeText({ limit: 50 }) } })
 */
export function freeText({ limit = 100, pattern }: FreeTextOptions = {}): FreeText {
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new MetricMisuseError(
      'TUTTI_LABEL_INVALID',
      `freeText: limit is ${String(limit)}. Give a whole number from 1 to 10000.`,
    )
  if (pattern !== undefined && !(pattern instanceof RegExp))
    throw new MetricMisuseError('TUTTI_LABEL_INVALID', 'freeText: pattern is no regular expression.')
  // One that remembers where it stopped would match every second time.
  return {
    free: true,
    limit,
    pattern: pattern && new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')),
  }
}
