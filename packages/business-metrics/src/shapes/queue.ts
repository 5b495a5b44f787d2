import type { Definition } from '../catalog/definition.ts'
import type { LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import type { MetricOptions } from '../metrics/options.ts'
import type { Across } from '../recording/instrument-spec.ts'
import { type Levels, levelsOf } from './levels.ts'
import { type PartNames, readParts } from './part-names.ts'

export interface QueueOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /** `last` unless it is said: there is one queue for all, in Redis or a table. `sum` for queues in memory. */
  readonly across?: Across
  readonly names?: PartNames<'depth' | 'age'>
}

export interface QueueLevels {
  /** Entries that wait. */
  readonly depth?: number
  /** How long the oldest of them has waited; 0 for an empty queue. */
  readonly ageSeconds?: number
}

export type Queue<L extends LabelDefinitions> = Levels<L, QueueLevels>

/**
 * @example
 * const jobs = queue({ name: 'job.queue', description: 'Jobs that wait.', labels: { queue: ['import', 'export'] } })
 * // job_queue_depth{queue}, job_queue_age_seconds{queue}
 */
export function queue<const L extends LabelDefinitions = NoLabels>(
  options: QueueOptions<L>,
): Definition<Queue<L>> {
  const { name, description, group, labels, across = 'last', names, maxSeries } = options
  const shared = { kind: 'gauge', labels, across, maxSeries } as const
  const parts = readParts(names, {
    depth: { ...shared, name: `${name}.depth`, description },
    age: { ...shared, name: `${name}.age`, unit: 's', description: `${description} The age of the oldest.` },
  })
  return {
    ...{ shape: 'queue', name, description, group, parts, details: {}, gated: 'updates' },
    build: ({ depth, age }) =>
      levelsOf<L, QueueLevels>(name, { ...(depth && { depth }), ...(age && { ageSeconds: age }) }),
  }
}
