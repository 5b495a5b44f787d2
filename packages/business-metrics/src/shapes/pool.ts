import type { Definition } from '../catalog/definition.ts'
import type { LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import type { MetricOptions } from '../metrics/options.ts'
import type { Across } from '../recording/instrument-spec.ts'
import { type Levels, levelsOf } from './levels.ts'
import { type PartNames, readParts } from './part-names.ts'

export interface PoolOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /** `sum` unless it is said: every process has a pool of its own. */
  readonly across?: Across
  readonly names?: PartNames<'size' | 'idle' | 'waiting' | 'max'>
}

/** What a pool says of itself; what it does not know is left out. */
export interface PoolLevels {
  /** Connections (or what else is pooled) that there are. */
  readonly size?: number
  readonly idle?: number
  /** Callers that wait for one. */
  readonly waiting?: number
  readonly max?: number
}

export type Pool<L extends LabelDefinitions> = Levels<L, PoolLevels>

/**
 * @example
 * const connections = pool({ name: 'db.connection.pool', description: 'Connections to the database.' })
 * // db_connection_pool_size, db_connection_pool_idle, db_connection_pool_waiting, db_connection_pool_max
 */
export function pool<const L extends LabelDefinitions = NoLabels>(
  options: PoolOptions<L>,
): Definition<Pool<L>> {
  const { name, description, group, labels, across = 'sum', names, maxSeries } = options
  const shared = { kind: 'gauge', labels, across, maxSeries } as const
  const parts = readParts(names, {
    size: { ...shared, name: `${name}.size`, description },
    idle: { ...shared, name: `${name}.idle`, description: `${description} Those that nobody uses.` },
    waiting: { ...shared, name: `${name}.waiting`, description: `${description} Callers that wait for one.` },
    max: { ...shared, name: `${name}.max`, description: `${description} How many there can be.` },
  })
  return {
    ...{ shape: 'pool', name, description, group, parts, details: {}, gated: 'updates' },
    build: instruments => levelsOf<L, PoolLevels>(name, instruments),
  }
}
