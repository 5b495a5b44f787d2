import type { Definition } from '../catalog/definition.ts'
import { readSpec } from '../catalog/read-spec.ts'
import type { LabelArguments, LabelDefinitions, LabelsOf, NoLabels } from '../labels/definitions.ts'
import { BoundSetter } from '../recording/bound.ts'
import type { Instrument } from '../recording/instrument.ts'
import type { Across } from '../recording/instrument-spec.ts'
import { observeRegularly } from '../shared/pulse.ts'
import { isThenable } from '../shared/thenable.ts'
import type { Labeled, MetricOptions } from './options.ts'

export interface GaugeOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /** UCUM. On the page a gauge in `1` ends in `_ratio`; leave it out for plain numbers. */
  readonly unit?: string
  /** What the values of several processes mean together; `last` unless it is said. */
  readonly across?: Across
}

/** What is now. */
export interface Gauge<L extends LabelDefinitions> extends Labeled<L> {
  /** Never throws. */
  set(value: number, ...labels: LabelArguments<L>): void
  /** Changes what this process said last, which was 0 before anything. */
  add(value: number, ...labels: LabelArguments<L>): void
  /** The gauge of these labels, for code that sets them again and again. */
  with(...labels: LabelArguments<L>): BoundGauge
  /**
   * Asks `observe` with every observation, about once a second with Tutti's provider: a number, or several with their
   * labels; also as a promise. Returns what ends it. What it throws is counted, and a promise that is not kept within
   * 30 seconds.
   */
  observe(observe: Observe<L>): () => void
}

export interface BoundGauge {
  set(value: number): void
  add(value: number): void
}

type Observed<L extends LabelDefinitions> = keyof L extends never
  ? number
  : Iterable<readonly [value: number, labels: LabelsOf<L>]>

export type Observe<L extends LabelDefinitions> = () => Observed<L> | Promise<Observed<L>>

/**
 * @example
 * const feeds = gauge({ name: 'active.feeds', description: 'Feeds that are polled.' })
 */
export function gauge<const L extends LabelDefinitions = NoLabels>(
  options: GaugeOptions<L>,
): Definition<Gauge<L>> {
  const { name, description, group, across = 'last' } = options
  return {
    ...{ shape: 'gauge', name, description, group, details: {}, gated: 'updates' },
    parts: { value: readSpec({ kind: 'gauge', ...options, across }) },
    build: ({ value }) => gaugeOf<L>(value),
  }
}

export function gaugeOf<L extends LabelDefinitions>(value: Instrument): Gauge<L> {
  const bound = (labels?: unknown): BoundSetter => new BoundSetter(value, value.seriesOf(labels))
  return {
    set: value.record,
    add: (by: number, labels?: unknown) => bound(labels).add(by),
    with: bound,
    observe: observe => observeRegularly(value.spec.name, () => store(value, observe())),
  }
}

function store(instrument: Instrument, observed: unknown): unknown {
  if (isThenable(observed)) return observed.then(later => store(instrument, later))
  const values =
    typeof observed === 'number' ? [[observed] as const] : (observed as Iterable<[number, unknown]>)
  for (const [value, labels] of values) instrument.record(value, labels)
  return undefined
}
