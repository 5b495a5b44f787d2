import type { Metric } from './names/metric.ts'

/** Which series a query is about, and over which time it takes rates. */
export interface Scope {
  /** Matchers that every selector has: `job="api"`. */
  readonly matchers: string
  /** A duration of PromQL: `5m`, `$__rate_interval`. */
  readonly range: string
}

type Part = 'count' | 'sum' | 'bucket'

/** What a rate is taken of. */
type Counting = Pick<Metric, 'kind' | 'family'>

/** `family{job="api", more}`. */
export function select(
  { family }: Pick<Metric, 'family'>,
  { matchers }: Scope,
  more = '',
  part?: Part,
): string {
  const all = [matchers, more].filter(text => text !== '').join(', ')
  return `${family}${part === undefined ? '' : `_${part}`}${all === '' ? '' : `{${all}}`}`
}

/** Events a second of a counter, or of a histogram's count, summed by labels. */
export function rate(metric: Counting, scope: Scope, by: string, more = ''): string {
  const part = metric.kind === 'histogram' ? 'count' : undefined
  return `sum by (${by}) (rate(${select(metric, scope, more, part)}[${scope.range}]))`
}

/** The share of events that match, of those that `among` chooses. */
export function share(metric: Counting, scope: Scope, by: string, matching: string, among = ''): string {
  const some = rate(metric, scope, by, [among, matching].filter(Boolean).join(', '))
  return part(some, rate(metric, scope, by, among))
}

/**
 * A rate as a part of another. A kind of event that never happened has no series, and without the `or` there would be no
 * share at all where it should be zero.
 */
export function part(some: string, all: string): string {
  return `(${some} or 0 * ${all}) / ${all}`
}

export function quantile(q: number, metric: Metric, scope: Scope, by = '', more = ''): string {
  const labels = ['le', by].filter(Boolean).join(', ')
  return `histogram_quantile(${q}, sum by (${labels}) (rate(${select(metric, scope, more, 'bucket')}[${scope.range}])))`
}

/** Seconds as PromQL writes them, in the largest unit that fits: `5m`, `90s`, `500ms`. */
export function duration(seconds: number): string {
  const milliseconds = Math.round(seconds * 1_000)
  const [unit, size] = units.find(([, each]) => milliseconds >= each && milliseconds % each === 0) ?? [
    'ms',
    1,
  ]
  return `${milliseconds / size}${unit}`
}

const units: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
]
