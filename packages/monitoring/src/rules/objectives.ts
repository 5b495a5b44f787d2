import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { failed5xx } from './recordings.ts'

/** An objective as rules see it: of all events so many shall be good. */
export interface SloDefinition {
  /** The label `slo`. */
  readonly name: string
  readonly description: string
  readonly target: number
  readonly windowDays: number
  /** Counters, by their family or with matchers that choose among its series. */
  readonly total: Selector
  readonly counted: Selector & { readonly are: 'good' | 'bad' }
}

interface Selector {
  readonly family: string
  readonly matchers: string
}

/** Whether the service answers, and every `objective` of the catalogs. */
export function findObjectives({ thresholds, catalogs }: Monitored): SloDefinition[] {
  const family = `${recorded.httpServerDuration.family}_count`
  return [
    {
      name: 'http-availability',
      description: 'Requests that are not answered with 5xx.',
      target: thresholds.httpAvailabilityTarget,
      windowDays: 30,
      total: { family, matchers: '' },
      counted: { family, matchers: failed5xx, are: 'bad' },
    },
    ...catalogs.flatMap(({ metrics }) =>
      metrics.flatMap(({ name, description, objective }) =>
        objective === undefined
          ? []
          : [
              {
                ...{ name, description, target: objective.target, windowDays: objective.windowDays },
                total: { family: objective.total, matchers: '' },
                counted: { family: objective.good, matchers: '', are: 'good' as const },
              },
            ],
      ),
    ),
  ]
}
