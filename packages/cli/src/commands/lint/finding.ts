/** Something that is amiss with a metric, with the mend. */
export interface Finding {
  readonly code: Code
  readonly metric: string
  readonly problem: string
  readonly mend: string
}

/** Stable: scripts ignore findings by them. */
export const CODES = [
  'page-line',
  'name-characters',
  'name-type',
  'counter-total',
  'unit-base',
  'unit-name',
  'help-missing',
  'type-missing',
  'label-reserved',
  'label-characters',
  'label-identifier',
  'label-values',
  'cardinality',
  'overflow',
  'name-clash',
] as const
export type Code = (typeof CODES)[number]

export interface Limits {
  readonly maxSeries: number
  readonly maxValues: number
}
