import type { Definition } from '../catalog/definition.ts'
import { readSpec, type SpecOptions } from '../catalog/read-spec.ts'
import { freeText, type LabelDefinitions, type NoLabels } from '../labels/definitions.ts'
import { DURATION_BUCKETS } from '../metrics/buckets.ts'
import type { Labeled, MetricOptions } from '../metrics/options.ts'
import type { Instrument } from '../recording/instrument.ts'
import type { Gate } from '../shared/gate.ts'
import { admits } from '../shared/state.ts'
import { type Around, around } from './around.ts'
import { errorTypeOf } from './error-type.ts'
import { describeObjective, type ObjectiveTarget, objectiveSpecs, recordEvent } from './objective.ts'
import { extend, type PartNames, readParts, withOwnLabels } from './part-names.ts'
import { MeasuredRun, type Run, type RunRecorder, UNMEASURED } from './run.ts'

export interface RunOptions<L extends LabelDefinitions, Outcome extends string> extends MetricOptions<L> {
  /** Outcomes beside `success` and `failure`. */
  readonly outcomes?: readonly Outcome[]
  /** All types that an error can count as. Left out: its code or name, up to 30 different ones. */
  readonly errorTypes?: readonly string[]
  /** Says of what type an error is. Left out: its `code`, else its `name`. */
  readonly errorType?: (error: unknown) => string
  /** Upper boundaries of durations, in seconds. */
  readonly buckets?: readonly number[]
  /** Good are those that succeed in time; outcomes that are named here do not count. */
  readonly objective?: ObjectiveTarget & { readonly ignore?: readonly Outcome[] }
}

export interface OperationOptions<L extends LabelDefinitions, Outcome extends string>
  extends RunOptions<L, Outcome> {
  readonly names?: PartNames<'total' | 'duration' | 'inFlight' | 'errors'>
}

/** Something that is done, takes time, and succeeds or fails. */
export interface Operation<L extends LabelDefinitions, Outcome extends string>
  extends Around<L, Run<Outcome>>,
    Labeled<L> {}

/**
 * Total by outcome, duration, how many are in flight, errors by type; around sync, async and callback code.
 *
 * @example
 * const deployments = operation({ name: 'deployment', description: 'Deployments.', labels: { ring: ['canary', 'all'] } })
 * // deployment_total{ring,outcome}, deployment_duration_seconds{ring,outcome}, deployment_in_flight{ring},
 * // deployment_errors_total{ring,error_type}
 */
export function operation<const L extends LabelDefinitions = NoLabels, const Outcome extends string = never>(
  options: OperationOptions<L, Outcome>,
): Definition<Operation<L, Outcome>> {
  const { name, description, group, names } = options
  const specs = runSpecs(options, DURATION_BUCKETS)
  return {
    ...{ shape: 'operation', name, description, group, gated: 'runs' },
    parts: { ...readParts(names, specs), ...objectiveParts(options) },
    details: runDetails(options),
    build: (instruments, gate) => aroundRuns<L, Run<Outcome>>(options, instruments, gate),
  }
}

/** The instruments of anything that runs. */
export function runSpecs(
  options: RunOptions<LabelDefinitions, string>,
  buckets: readonly number[],
): Record<'total' | 'duration' | 'inFlight' | 'errors', SpecOptions> {
  const { name, description, labels, maxSeries } = options
  const withOutcome = withOwnLabels(name, labels, { outcome: outcomesOf(options) })
  const withType = withOwnLabels(name, labels, {
    'error.type': options.errorTypes ?? freeText({ limit: 30 }),
  })
  return {
    total: { kind: 'counter', name, description, unit: '', labels: withOutcome, maxSeries },
    duration: {
      ...{ kind: 'histogram', name: `${name}.duration`, unit: 's', labels: withOutcome, maxSeries },
      ...{ description: `${description} How long they took.`, buckets: options.buckets ?? buckets },
    },
    inFlight: {
      ...{ kind: 'gauge', name: `${name}.in_flight`, labels, maxSeries, across: 'sum', beginsAtZero: true },
      description: `${description} Those that have begun and not ended.`,
    },
    errors: {
      ...{ kind: 'counter', name: `${name}.errors`, unit: '{error}', labels: withType, maxSeries },
      description: `${description} Those that failed, by the type of the error.`,
    },
  }
}

export function objectiveParts(options: RunOptions<LabelDefinitions, string>): Definition<object>['parts'] {
  if (options.objective === undefined) return {}
  const { good, total } = objectiveSpecs(options)
  return { objectiveGood: readSpec(good), objectiveTotal: readSpec(total) }
}

export function runDetails(options: RunOptions<LabelDefinitions, string>): Definition<object>['details'] {
  const { objectiveGood, objectiveTotal } = objectiveParts(options)
  const { name, objective } = options
  return {
    outcomes: outcomesOf(options),
    ...(objective && { objective: describeObjective({ name, ...objective }, objectiveGood, objectiveTotal) }),
  }
}

/** What measures runs with these instruments; one that is not there was left out by name. */
export function aroundRuns<L extends LabelDefinitions, R>(
  options: RunOptions<LabelDefinitions, string>,
  instruments: Readonly<Record<string, Instrument | undefined>>,
  gate: Gate,
  makeRun: (recorder: RunRecorder, labels: unknown) => R = (recorder, labels) =>
    new MeasuredRun(recorder, labels) as R,
  unmeasured: R = UNMEASURED as R,
): Around<L, R> {
  const { name } = options
  const recorder = recordRuns(options, instruments)
  const start = (labels?: unknown): R => (admits(gate, name) ? makeRun(recorder, labels) : unmeasured)
  return around<L, R>({ name, start: start as (labels?: unknown) => Run<never> & R })
}

function recordRuns(
  { name, errorType, objective }: RunOptions<LabelDefinitions, string>,
  instruments: Readonly<Record<string, Instrument | undefined>>,
): RunRecorder {
  const { total, duration, inFlight, errors, objectiveGood, objectiveTotal } = instruments
  return {
    begin(labels) {
      inFlight?.change(1, labels)
    },
    end(labels, outcome, seconds, error) {
      inFlight?.change(-1, labels)
      const withOutcome = extend(labels, { outcome })
      total?.record(1, withOutcome)
      duration?.record(seconds, withOutcome)
      if (outcome === 'failure')
        errors?.record(1, extend(labels, { 'error.type': errorTypeOf(name, error, errorType) }))
      if (objectiveGood === undefined || objectiveTotal === undefined || objective === undefined) return
      if (objective.ignore?.includes(outcome)) return
      recordEvent(
        { good: objectiveGood, total: objectiveTotal },
        objective,
        outcome === 'success',
        seconds,
        labels,
      )
    },
  }
}

function outcomesOf({ outcomes = [] }: RunOptions<LabelDefinitions, string>): string[] {
  return ['success', 'failure', ...outcomes]
}
