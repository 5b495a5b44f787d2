import type { Label } from '../labels/label.ts'

/**
 * What the value of a gauge means when several processes say one:
 *
 * - `last` all speak of the same thing, and who spoke last is right: the depth of a queue in Redis
 * - `sum` each has its share of the whole, and what a dead process had is gone: the connections of a pool
 * - `each` every process' own value is of interest: a series a worker, where the metrics SDK can tell workers apart
 */
export type Across = 'last' | 'sum' | 'each'

export type InstrumentKind = 'counter' | 'histogram' | 'gauge'

/** One OpenTelemetry instrument to be made: all that the SDK and the catalog's description need of it. */
export interface InstrumentSpec {
  readonly kind: InstrumentKind
  readonly name: string
  readonly description: string
  readonly unit: string
  readonly labels: readonly Label[]
  /** Of a histogram. */
  readonly buckets?: readonly number[] | undefined
  /** Of a gauge. */
  readonly across?: Across | undefined
  /** Of a gauge: it is 0 before anything is said, and on the page with that. */
  readonly beginsAtZero?: boolean | undefined
  /** Series in a process, at most. */
  readonly maxSeries: number
}
