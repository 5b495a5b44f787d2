import type { Unit } from '../format/by-unit.ts'
import type { Labels } from '../rates/counted.ts'

export type Section = 'runtime' | 'database' | 'cache' | 'queues' | 'outgoing'

/** One chart of a metric that the conventions name. */
export interface Panel {
  readonly id: string
  readonly section: Section
  readonly title: string
  /** On a page of the default strategy. */
  readonly family: string
  /**
   * `value`: as it is; `rate`: a second; `sumRate`: what a histogram's values add up to, a second; `partRate`: that part
   * of the rate; `partShare`: that part of all; `p95`: of the last seconds.
   */
  readonly shows: 'value' | 'rate' | 'sumRate' | 'partRate' | 'partShare' | 'p95'
  readonly unit: Unit
  /** A line each; undefined leaves a series out. */
  readonly by: (labels: Labels) => string | undefined
  readonly part?: (labels: Labels) => boolean
}
