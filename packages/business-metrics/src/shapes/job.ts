import type { Definition } from '../catalog/definition.ts'
import type { LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import { JOB_BUCKETS } from '../metrics/buckets.ts'
import type { Labeled } from '../metrics/options.ts'
import type { Instrument } from '../recording/instrument.ts'
import type { Around } from './around.ts'
import { aroundRuns, objectiveParts, type RunOptions, runDetails, runSpecs } from './operation.ts'
import { type PartNames, readParts } from './part-names.ts'
import { MeasuredRun, type Run, type RunRecorder, UNMEASURED } from './run.ts'

export interface JobOptions<L extends LabelDefinitions, Outcome extends string>
  extends RunOptions<L, Outcome> {
  readonly names?: PartNames<
    'total' | 'duration' | 'inFlight' | 'errors' | 'processed' | 'failed' | 'lastSuccess'
  >
}

/** A run that works through items. */
export interface JobRun<Outcome extends string> extends Run<Outcome> {
  /** Items that were done; one unless it is said. */
  processed(items?: number): void
  /** Items that could not be done. */
  failed(items?: number): void
}

export interface Job<L extends LabelDefinitions, Outcome extends string>
  extends Around<L, JobRun<Outcome>>,
    Labeled<L> {}

/**
 * Work in the background: runs by outcome, duration, items processed and failed, and when it last succeeded.
 *
 * @example
 * const imports = job({ name: 'import', description: 'Imports.', labels: { format: ['csv', 'json'] } })
 * // import_runs_total{format,outcome}, import_duration_seconds{format,outcome}, import_in_flight{format},
 * // import_errors_total{format,error_type}, import_items_processed_total{format}, import_items_failed_total{format},
 * // import_last_success_timestamp_seconds{format}
 */
export function job<const L extends LabelDefinitions = NoLabels, const Outcome extends string = never>(
  options: JobOptions<L, Outcome>,
): Definition<Job<L, Outcome>> {
  const { name, description, labels, group, names, maxSeries } = options
  const { total, ...others } = runSpecs(options, JOB_BUCKETS)
  const items = { kind: 'counter', unit: '{item}', labels, maxSeries } as const
  const parts = readParts(names, {
    total: { ...total, name: `${name}.runs` },
    ...others,
    processed: {
      ...items,
      name: `${name}.items.processed`,
      description: `${description} Items that were done.`,
    },
    failed: {
      ...items,
      name: `${name}.items.failed`,
      description: `${description} Items that could not be done.`,
    },
    lastSuccess: {
      ...{
        kind: 'gauge',
        name: `${name}.last_success.timestamp`,
        unit: 's',
        labels,
        maxSeries,
        across: 'last',
      },
      description: `${description} When one last succeeded, in seconds since 1970.`,
    },
  })
  return {
    ...{ shape: 'job', name, description, group, gated: 'runs' },
    parts: { ...parts, ...objectiveParts(options) },
    details: runDetails(options),
    build: (instruments, gate) => {
      const make = (recorder: RunRecorder, labels: unknown): JobRun<Outcome> =>
        new MeasuredJobRun(recorder, labels, instruments)
      return aroundRuns<L, JobRun<Outcome>>(options, instruments, gate, make, UNMEASURED_JOB)
    },
  }
}

class MeasuredJobRun<Outcome extends string> extends MeasuredRun<Outcome> implements JobRun<Outcome> {
  readonly #instruments: Readonly<Record<string, Instrument | undefined>>
  readonly #labels: unknown

  constructor(recorder: RunRecorder, labels: unknown, instruments: Readonly<Record<string, Instrument>>) {
    const { lastSuccess } = instruments as Partial<typeof instruments>
    super(
      {
        begin: recorder.begin,
        end(given, outcome, seconds, error) {
          recorder.end(given, outcome, seconds, error)
          if (outcome === 'success') lastSuccess?.record(Date.now() / 1_000, given)
        },
      },
      labels,
    )
    this.#instruments = instruments
    this.#labels = labels
  }

  readonly processed = (items: number = 1): void => this.#instruments.processed?.record(items, this.#labels)

  readonly failed = (items: number = 1): void => this.#instruments.failed?.record(items, this.#labels)
}

const UNMEASURED_JOB: JobRun<never> = { ...UNMEASURED, processed() {}, failed() {} }
