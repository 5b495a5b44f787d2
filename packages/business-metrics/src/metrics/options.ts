import type { LabelDefinitions } from '../labels/definitions.ts'

/** What every metric of a catalog is defined by. */
export interface MetricOptions<L extends LabelDefinitions> {
  /** Words with dots: `feed.polls` is `feed_polls_total` on the Prometheus page. */
  readonly name: string
  /** One sentence; the HELP line. */
  readonly description: string
  /** Each label with all values that it can have, or `freeText()`. */
  readonly labels?: L
  /** Switched off together by `TUTTI_DISABLED_GROUPS`; the catalog's name is always such a group. */
  readonly group?: string
  /** Series that it may have in a process; 1000 unless it is said. */
  readonly maxSeries?: number
}

declare const LABELS: unique symbol

/** Carries the labels of a metric in its type only, for matchers of tests. */
export interface Labeled<L extends LabelDefinitions> {
  readonly [LABELS]?: L
}
