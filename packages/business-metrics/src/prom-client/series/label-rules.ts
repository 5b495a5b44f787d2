import { inspect } from 'node:util'

/** Prometheus' data model, metric names and labels. */
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

export type Labels = Readonly<Record<string, unknown>>

export const NO_LABELS: Labels = Object.freeze({})

export function validateMetricName(name: string): boolean {
  return METRIC_NAME.test(name)
}

export function firstInvalidLabelName(names: readonly string[]): string | undefined {
  return names.find(name => !LABEL_NAME.test(name))
}

export function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object'
}

/** Throws for a label that the metric was not declared with. */
export function refuseUnknownLabels(labelNames: readonly string[], labels: Labels): void {
  for (const label in labels) {
    if (!labelNames.includes(label)) {
      throw new Error(`Added label "${label}" is not included in initial labelset: ${inspect(labelNames)}`)
    }
  }
}

/** What `labels(...)` and `remove(...)` were called with: an object, or a value for each label name. */
export function labelsFromArguments(labelNames: readonly string[], given: readonly unknown[]): Labels {
  if (typeof given[0] === 'object') return (given[0] ?? NO_LABELS) as Labels
  if (labelNames.length !== given.length) {
    throw new Error(
      `Invalid number of arguments (${given.length}): "${given.join(', ')}" for label names ` +
        `(${labelNames.length}): "${labelNames.join(', ')}".`,
    )
  }
  return Object.fromEntries(labelNames.map((name, index) => [name, given[index]]))
}

/** The labels of a timer's start and end. Whoever gave only one of the two is not made to pay for a copy. */
export function mergeLabels<L extends object>(start: L | undefined, end: L | undefined): L {
  if (end === undefined) return start ?? (NO_LABELS as L)
  return start === undefined ? end : Object.assign({}, start, end)
}
