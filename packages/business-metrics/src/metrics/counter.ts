import type { Definition } from '../catalog/definition.ts'
import { readSpec } from '../catalog/read-spec.ts'
import type { LabelArguments, LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import { BoundAdder } from '../recording/bound.ts'
import type { Labeled, MetricOptions } from './options.ts'

export interface CounterOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /** UCUM; a word in braces, `{order}`, is for readers only. */
  readonly unit?: string
}

/** Counts what happens; only ever grows. */
export interface Counter<L extends LabelDefinitions> extends Labeled<L> {
  /** Adds `value`, which must not be negative. Never throws. */
  add(value: number, ...labels: LabelArguments<L>): void
  /** The counter of these labels, for code that counts them again and again. */
  with(...labels: LabelArguments<L>): BoundCounter
}

export interface BoundCounter {
  /** Adds `value`, which must not be negative. Never throws. */
  add(value: number): void
}

/**
 * @example
 * const orders = counter({ name: 'orders', description: 'Orders taken.', labels: { channel: ['web', 'app'] } })
 */
export function counter<const L extends LabelDefinitions = NoLabels>(
  options: CounterOptions<L>,
): Definition<Counter<L>> {
  const { name, description, group } = options
  return {
    ...{ shape: 'counter', name, description, group, details: {}, gated: 'updates' },
    parts: { value: readSpec({ kind: 'counter', ...options }) },
    build: ({ value }) => ({
      add: value.record,
      with: (labels?: unknown) => new BoundAdder(value, value.table.resolve(labels)),
    }),
  }
}
