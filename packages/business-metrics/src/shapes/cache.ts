import type { Definition } from '../catalog/definition.ts'
import type { LabelArguments, LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import type { Labeled, MetricOptions } from '../metrics/options.ts'
import type { Across } from '../recording/instrument-spec.ts'
import { labelsAndFunction } from './around.ts'
import { type Levels, levelsOf } from './levels.ts'
import { extend, type PartNames, readParts, withOwnLabels } from './part-names.ts'
import { watchEnd } from './watch-end.ts'

export interface CacheOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /** What the sizes of several processes mean; `sum` unless it is said, for caches in memory. */
  readonly across?: Across
  readonly names?: PartNames<'lookups' | 'evictions' | 'size'>
}

export interface CacheLevels {
  /** Entries. */
  readonly size?: number
}

export interface Cache<L extends LabelDefinitions>
  extends Labeled<L>,
    Pick<Levels<L, CacheLevels>, 'set' | 'observe'> {
  hit(...labels: LabelArguments<L>): void
  miss(...labels: LabelArguments<L>): void
  /** The cache could not be asked. */
  error(...labels: LabelArguments<L>): void
  evicted(entries: number, ...labels: LabelArguments<L>): void
  /** Asks the cache: `undefined` and `null` are a miss, what it throws is an error and the caller's. */
  lookup<T>(...args: [...labels: LabelArguments<L>, lookup: () => T]): T
}

/**
 * @example
 * const deployments = cache({ name: 'deployment.cache', description: 'Deployments in the cache.' })
 * // deployment_cache_lookups_total{outcome}, deployment_cache_evictions_total, deployment_cache_size
 */
export function cache<const L extends LabelDefinitions = NoLabels>(
  options: CacheOptions<L>,
): Definition<Cache<L>> {
  const { name, description, group, labels, across = 'sum', names, maxSeries } = options
  const parts = readParts(names, {
    lookups: {
      ...{ kind: 'counter', name: `${name}.lookups`, unit: '{lookup}', maxSeries },
      ...{
        description: `${description} Lookups.`,
        labels: withOwnLabels(name, labels, { outcome: ['hit', 'miss', 'error'] }),
      },
    },
    evictions: {
      ...{ kind: 'counter', name: `${name}.evictions`, unit: '{entry}', labels, maxSeries },
      description: `${description} Entries that had to go.`,
    },
    size: {
      kind: 'gauge',
      name: `${name}.size`,
      description: `${description} Entries.`,
      labels,
      across,
      maxSeries,
    },
  })
  return {
    ...{ shape: 'cache', name, description, group, parts, details: {}, gated: 'updates' },
    build: instruments => {
      const { lookups, evictions, size } = instruments as Partial<typeof instruments>
      const count = (outcome: string, labels: unknown): void =>
        lookups?.record(1, extend(labels, { outcome }))
      return {
        ...levelsOf<L, CacheLevels>(name, size === undefined ? {} : { size }),
        hit: (labels?: unknown) => count('hit', labels),
        miss: (labels?: unknown) => count('miss', labels),
        error: (labels?: unknown) => count('error', labels),
        evicted: (entries: number, labels?: unknown) => evictions?.record(entries, labels),
        lookup: (first: unknown, second?: unknown) => {
          const [labels, ask] = labelsAndFunction(first, second)
          return watchEnd(
            ask,
            found => count(found === undefined || found === null ? 'miss' : 'hit', labels),
            () => count('error', labels),
          )
        },
      } as unknown as Cache<L>
    },
  }
}
