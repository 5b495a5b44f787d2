import type { Definition, ObjectiveDescription } from '../catalog/definition.ts'
import { prometheusName } from '../catalog/prometheus-name.ts'
import { invalid, type SpecOptions } from '../catalog/read-spec.ts'
import type { LabelArguments, LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import type { Labeled, MetricOptions } from '../metrics/options.ts'
import type { Instrument } from '../recording/instrument.ts'
import type { InstrumentSpec } from '../recording/instrument-spec.ts'
import { note } from '../shared/state.ts'
import { type PartNames, readParts } from './part-names.ts'

/** A service-level objective: of all events, so many shall be good. */
export interface ObjectiveTarget {
  /** Part of all events that shall be good: `0.995`. */
  readonly target: number
  /** A good event takes no longer, in seconds. Left out: only the outcome matters. */
  readonly latencySeconds?: number
  /** Days over which the target holds; 30 unless it is said. */
  readonly windowDays?: number
}

export interface ObjectiveOptions<L extends LabelDefinitions> extends MetricOptions<L>, ObjectiveTarget {
  readonly names?: PartNames<'good' | 'total'>
}

/** Counts events, and the good ones among them; `describe()` gives the target, which alerts on burn rates are made of. */
export interface Objective<L extends LabelDefinitions> extends Labeled<L> {
  /** @param event whether it did what it should, and how long it took. Never throws. */
  record(event: { readonly ok: boolean; readonly seconds?: number }, ...labels: LabelArguments<L>): void
  good(...labels: LabelArguments<L>): void
  bad(...labels: LabelArguments<L>): void
}

/**
 * @example
 * const checkout = objective({ name: 'checkout', description: 'Checkouts.', target: 0.995, latencySeconds: 0.8 })
 */
export function objective<const L extends LabelDefinitions = NoLabels>(
  options: ObjectiveOptions<L>,
): Definition<Objective<L>> {
  const { name, description, group, names } = options
  const parts = readParts(names, objectiveSpecs(options))
  return {
    ...{ shape: 'objective', name, description, group, parts, gated: 'updates' },
    details: { objective: describeObjective(options, parts.good, parts.total) },
    build: ({ good, total }) => {
      const record = (ok: boolean, seconds: number | undefined, labels: unknown): void =>
        recordEvent({ good, total }, options, ok, seconds, labels)
      return {
        record: (event: unknown, labels?: unknown) => {
          const read = readEvent(event)
          if (read === undefined)
            note('value', name, () => 'an event of it can not be read, and does not count.')
          else record(read.ok, read.seconds, labels)
        },
        good: (labels?: unknown) => record(true, undefined, labels),
        bad: (labels?: unknown) => record(false, undefined, labels),
      }
    },
  }
}

/** Undefined: it can't be read, or its time is none. */
function readEvent(event: unknown): { ok: boolean; seconds: number | undefined } | undefined {
  try {
    const { ok, seconds } = (event ?? {}) as { ok?: unknown; seconds?: unknown }
    if (seconds === undefined || typeof seconds === 'number') return { ok: ok === true, seconds }
  } catch {
    // A getter of theirs.
  }
  return undefined
}

/** The counters of an objective, for shapes that have one. */
export function objectiveSpecs(
  options: MetricOptions<LabelDefinitions>,
): Record<'good' | 'total', SpecOptions> {
  const { name, description, labels, maxSeries } = options
  const shared = { kind: 'counter', unit: '{event}', labels, maxSeries } as const
  return {
    good: {
      ...shared,
      name: `${name}.objective.good`,
      description: `${description} Those that met the objective.`,
    },
    total: {
      ...shared,
      name: `${name}.objective.events`,
      description: `${description} All that the objective is about.`,
    },
  }
}

/** Throws {@link MetricMisuseError} for a target that is none. */
export function describeObjective(
  { name, target, latencySeconds, windowDays = 30 }: ObjectiveTarget & { readonly name: string },
  good: InstrumentSpec | undefined,
  total: InstrumentSpec | undefined,
): ObjectiveDescription {
  if (!(target > 0 && target < 1))
    throw invalid(name, `target ${String(target)} is not between 0 and 1, like 0.995`)
  if (latencySeconds !== undefined && !(latencySeconds > 0))
    throw invalid(name, `latencySeconds ${String(latencySeconds)} is no time`)
  if (!(windowDays > 0)) throw invalid(name, `windowDays ${String(windowDays)} is no time`)
  if (good === undefined || total === undefined)
    throw invalid(name, 'an objective needs both of its counters')
  return {
    ...{ target, windowDays, ...(latencySeconds !== undefined && { latencySeconds }) },
    good: prometheusName(good.name, good.unit, good.kind),
    total: prometheusName(total.name, total.unit, total.kind),
  }
}

export function recordEvent(
  { good, total }: { readonly good: Instrument; readonly total: Instrument },
  { latencySeconds = Number.POSITIVE_INFINITY }: ObjectiveTarget,
  ok: boolean,
  seconds: number | undefined,
  labels: unknown,
): void {
  total.record(1, labels)
  if (ok && (seconds ?? 0) <= latencySeconds) good.record(1, labels)
}
