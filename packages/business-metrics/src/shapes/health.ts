import type { Definition } from '../catalog/definition.ts'
import type { LabelArguments, LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import type { Labeled, MetricOptions } from '../metrics/options.ts'
import type { Across } from '../recording/instrument-spec.ts'
import { labelsAndFunction } from './around.ts'
import { extend, type PartNames, readParts, withOwnLabels } from './part-names.ts'
import { watchEnd } from './watch-end.ts'

export interface HealthOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /** `last` unless it is said: what was found out last, by anyone, because it is about the system outside. */
  readonly across?: Across
  readonly names?: PartNames<'health' | 'checks'>
}

/** Whether something outside works: 1 or 0, and how many checks there were. */
export interface Health<L extends LabelDefinitions> extends Labeled<L> {
  /** Never throws. */
  set(isHealthy: boolean, ...labels: LabelArguments<L>): void
  /** Runs a check: healthy unless it throws, rejects, or says `false`. Its result or error is the caller's. */
  check<T>(...args: [...labels: LabelArguments<L>, check: () => T]): T
}

/**
 * @example
 * const connectors = health({ name: 'connector.health', description: 'Connectors.', labels: { connector: ['github'] } })
 * // connector_health{connector} 1 or 0, connector_health_checks_total{connector,outcome}
 */
export function health<const L extends LabelDefinitions = NoLabels>(
  options: HealthOptions<L>,
): Definition<Health<L>> {
  const { name, description, group, labels, across = 'last', names, maxSeries } = options
  const parts = readParts(names, {
    health: { kind: 'gauge', name, description, labels, across, maxSeries },
    checks: {
      ...{ kind: 'counter', name: `${name}.checks`, unit: '{check}', maxSeries },
      ...{
        description: `${description} Checks.`,
        labels: withOwnLabels(name, labels, { outcome: ['success', 'failure'] }),
      },
    },
  })
  return {
    ...{ shape: 'health', name, description, group, parts, details: {}, gated: 'updates' },
    build: instruments => {
      const { health: value, checks } = instruments as Partial<typeof instruments>
      const say = (labels: unknown, isHealthy: boolean): void => {
        value?.record(isHealthy ? 1 : 0, labels)
        checks?.record(1, extend(labels, { outcome: isHealthy ? 'success' : 'failure' }))
      }
      return {
        set: (isHealthy: boolean, labels?: unknown) => say(labels, isHealthy === true),
        check(first: unknown, second?: unknown) {
          const [labels, check] = labelsAndFunction(first, second)
          return watchEnd(
            check,
            value => say(labels, value !== false),
            () => say(labels, false),
          )
        },
      } as unknown as Health<L>
    },
  }
}
