import { exampleLabels } from './example-labels.ts'
import type { MetricDescription } from './find-catalogs.ts'

type Recorder = (...values: readonly unknown[]) => unknown
type Metric = Readonly<Record<string, Recorder>>

/** A run may fail on purpose: its error is ours. */
const FAILURE = new Error('tutti exercise: a failure on purpose')

/** Records a metric once, as its shape wants it. Returns why that could not be done. */
export function drive(metric: unknown, description: MetricDescription): string | undefined {
  const shape = SHAPES[description.shape]
  if (shape === undefined)
    return `its shape ${description.shape} is not known here: use the tutti of its version`
  const labels = exampleLabels(description)
  // Metrics without labels leave them out.
  const args = Object.keys(labels).length === 0 ? [] : [labels]
  try {
    shape(metric as Metric, args, description)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

type Shape = (metric: Metric, labels: readonly object[], description: MetricDescription) => void

/** A value comes before its labels, a function after them. */
const SHAPES: Readonly<Record<string, Shape>> = {
  counter: (metric, labels) => metric.add(1, ...labels),
  gauge: (metric, labels) => metric.set(1, ...labels),
  histogram: (metric, labels) => metric.record(1, ...labels),
  operation: (metric, labels) => {
    metric.run(...labels, () => {})
    failing(() => metric.run(...labels, fail))
  },
  job: (metric, labels) => {
    metric.run(...labels, (run: Metric) => {
      run.processed(1)
      run.failed(1)
    })
    failing(() => metric.run(...labels, fail))
  },
  stateSet: (metric, labels, { states = [] }) => metric.set(states[0], ...labels),
  health: (metric, labels) => metric.set(true, ...labels),
  pool: (metric, labels) => metric.set({ size: 1, idle: 1, waiting: 1, max: 1 }, ...labels),
  queue: (metric, labels) => metric.set({ depth: 1, ageSeconds: 1 }, ...labels),
  cache: (metric, labels) => {
    metric.hit(...labels)
    metric.miss(...labels)
    metric.error(...labels)
    metric.evicted(1, ...labels)
    metric.set({ size: 1 }, ...labels)
  },
  ratio: (metric, labels) => {
    metric.success(...labels)
    metric.failure(...labels)
  },
  objective: (metric, labels) => {
    metric.good(...labels)
    metric.bad(...labels)
  },
}

function fail(): never {
  throw FAILURE
}

function failing(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (error !== FAILURE) throw error
  }
}
