import type { Aggregator } from '../types.ts'

export type MetricTypeName = 'counter' | 'gauge' | 'histogram' | 'summary'

/** One line of a page. */
export interface Sample {
  value: number
  labels: Record<string, unknown>
  /** Where it is not the metric's. */
  metricName?: string
  exemplar?: Exemplar | null
}

/** An OpenMetrics exemplar: one measurement, and what it was about. */
export interface Exemplar {
  readonly labelSet: Readonly<Record<string, unknown>>
  readonly value: number
  /** Seconds since the epoch. */
  readonly timestamp: number
}

/** What a metric says when it is read: also what a process tells others of it. */
export interface Reading {
  name: string
  help: string
  type: MetricTypeName
  values: Sample[]
  aggregator: Aggregator
}

/** OpenMetrics, exemplars: label names and values together. */
const MAX_EXEMPLAR_CHARACTERS = 128

/** @throws {RangeError} for more labels than an exemplar can hold. */
export function exemplarOf(labelSet: Exemplar['labelSet'], value: number): Exemplar {
  let length = 0
  for (const [name, text] of Object.entries(labelSet)) length += `${name}${text}`.length
  if (length > MAX_EXEMPLAR_CHARACTERS)
    throw new RangeError('Label set size must be smaller than 128 UTF-8 chars')
  return { labelSet, value, timestamp: Date.now() / 1000 }
}
