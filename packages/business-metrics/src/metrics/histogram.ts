import type { Definition } from '../catalog/definition.ts'
import { readSpec } from '../catalog/read-spec.ts'
import type { LabelArguments, LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import { BoundRecorder } from '../recording/bound.ts'
import { DURATION_BUCKETS } from './buckets.ts'
import type { Labeled, MetricOptions } from './options.ts'

export interface HistogramOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /** UCUM: `s` for durations, `By` for sizes. */
  readonly unit: string
  /** Upper boundaries, rising. Left out: 5 ms to 60 s for the unit `s`, the SDK's for all others. */
  readonly buckets?: readonly number[]
}

/** How values are distributed: durations, sizes. */
export interface Histogram<L extends LabelDefinitions> extends Labeled<L> {
  /** Records `value` in the histogram's unit; not negative. Never throws. */
  record(value: number, ...labels: LabelArguments<L>): void
  /** The histogram of these labels, for code that records them again and again. */
  with(...labels: LabelArguments<L>): BoundHistogram
}

export interface BoundHistogram {
  /** Records `value` in the histogram's unit; not negative. Never throws. */
  record(value: number): void
}

/**
 * @example
 * const size = histogram({ name: 'export.size', description: 'Size of exports.', unit: 'By', buckets: [1e3, 1e6, 1e9] })
 */
export function histogram<const L extends LabelDefinitions = NoLabels>(
  options: HistogramOptions<L>,
): Definition<Histogram<L>> {
  const { name, description, group, unit } = options
  const buckets = options.buckets ?? (unit === 's' ? DURATION_BUCKETS : undefined)
  return {
    ...{ shape: 'histogram', name, description, group, details: {}, gated: 'updates' },
    parts: { value: readSpec({ kind: 'histogram', ...options, buckets }) },
    build: ({ value }) => ({
      record: value.record,
      with: (labels?: unknown) => new BoundRecorder(value, value.table.resolve(labels)),
    }),
  }
}
