import type { Family, Page } from '@tutti/console'
import { seriesOf } from '@tutti/console'
import type { NamedCatalog } from './find-catalogs.ts'

/** What became of one instrument of a metric. */
export interface Arrival {
  readonly catalog: string
  readonly metric: string
  readonly shape: string
  readonly family: string
  readonly arrived: boolean
  /** What is on the page now; of a histogram the count. */
  readonly value: number
  /** Why it did not arrive. */
  readonly why?: string
}

/** By family and catalog: what its series add up to, of histograms the counts. */
export type Totals = ReadonlyMap<string, number>

export function totalsOf({ families }: Page): Totals {
  const totals = new Map<string, number>()
  for (const family of families) {
    for (const { labels, value, histogram } of seriesOf(family)) {
      const key = keyOf(family.name, labels.get('otel_scope_name') ?? '')
      totals.set(key, (totals.get(key) ?? 0) + (histogram?.count ?? value ?? 0))
    }
  }
  return totals
}

/** A counter or histogram arrived when it grew: zeros are on the page beforehand. A gauge arrived when it is there. */
export function arrivals(
  catalogs: readonly NamedCatalog[],
  failures: ReadonlyMap<string, string>,
  before: Totals,
  page: Page,
): Arrival[] {
  const after = totalsOf(page)
  return catalogs.flatMap(({ description: { name, metrics } }) =>
    metrics.flatMap(({ key, shape, instruments }) =>
      instruments.map(({ kind, prometheusName }) => {
        const identity = keyOf(prometheusName, name)
        const value = after.get(identity)
        const arrived = value !== undefined && (kind === 'gauge' || value > (before.get(identity) ?? 0))
        const plain = {
          catalog: name,
          metric: key,
          shape,
          family: prometheusName,
          arrived,
          value: value ?? 0,
        }
        return arrived ? plain : { ...plain, why: failures.get(`${name} ${key}`) ?? whyNot(value) }
      }),
    ),
  )
}

function whyNot(value: number | undefined): string {
  return value === undefined
    ? 'it is not on the page: is it switched off (TUTTI_METRICS_ENABLED, TUTTI_DISABLED_GROUPS)?'
    : 'it is on the page and did not grow'
}

function keyOf(family: Family['name'], scope: string): string {
  return `${family} ${scope}`
}
