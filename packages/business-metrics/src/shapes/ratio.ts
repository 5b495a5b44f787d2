import type { Definition } from '../catalog/definition.ts'
import { prometheusName } from '../catalog/prometheus-name.ts'
import type { LabelArguments, LabelDefinitions, NoLabels } from '../labels/definitions.ts'
import type { Labeled, MetricOptions } from '../metrics/options.ts'
import type { Instrument } from '../recording/instrument.ts'
import type { Across } from '../recording/instrument-spec.ts'
import type { Series } from '../recording/series.ts'
import { extend, type PartNames, readParts, withOwnLabels } from './part-names.ts'

export interface RatioOptions<L extends LabelDefinitions> extends MetricOptions<L> {
  /**
   * What the gauge of several processes means. `each` unless it is said: the share in that process, because shares
   * can't be added up; what is right over all of them is the query in `describe()`, of the counters. `last`, if it is
   * only said by {@link Ratio.set}, from what is true for all: a table.
   */
  readonly across?: Across
  readonly names?: PartNames<'rate' | 'events'>
}

/** The share of what succeeded: two counters that add up exactly, and a gauge to look at. */
export interface Ratio<L extends LabelDefinitions> extends Labeled<L> {
  /** One that succeeded. Never throws. */
  success(...labels: LabelArguments<L>): void
  /** One that did not. */
  failure(...labels: LabelArguments<L>): void
  /** Says the share, where it is known from elsewhere; counts nothing. */
  set(share: { readonly good: number; readonly total: number }, ...labels: LabelArguments<L>): void
}

/**
 * @example
 * const gates = ratio({ name: 'promotion.gate', description: 'Promotion gates.', labels: { ring: ['canary', 'all'] } })
 * // promotion_gate_events_total{ring,outcome}, promotion_gate_success_rate{ring}
 */
export function ratio<const L extends LabelDefinitions = NoLabels>(
  options: RatioOptions<L>,
): Definition<Ratio<L>> {
  const { name, description, group, labels, across = 'each', names, maxSeries } = options
  const parts = readParts(names, {
    events: {
      ...{ kind: 'counter', name: `${name}.events`, unit: '{event}', description, maxSeries },
      labels: withOwnLabels(name, labels, { outcome: ['success', 'failure'] }),
    },
    // Without the unit "1", which would make it `_success_rate_ratio` on the page.
    rate: {
      ...{ kind: 'gauge', name: `${name}.success_rate`, labels, across, maxSeries },
      description: `${description} The share that succeeded, 0 to 1.`,
    },
  })
  return {
    ...{ shape: 'ratio', name, description, group, parts, gated: 'updates' },
    details:
      parts.events === undefined ? {} : { query: queryOf(parts.events.name, Object.keys(labels ?? {})) },
    build: instruments => {
      const { events, rate } = instruments as Partial<typeof instruments>
      const shares = new Map<Series, { good: number; total: number }>()
      const say = (ok: boolean, given: unknown): void => {
        events?.record(1, extend(given, { outcome: ok ? 'success' : 'failure' }))
        if (rate !== undefined) rate.record(shareWith(shares, rate, ok, given), given)
      }
      return {
        success: (given?: unknown) => say(true, given),
        failure: (given?: unknown) => say(false, given),
        // Of nothing there is no share.
        set: (share: { good: number; total: number }, given?: unknown) => {
          const { good, total } = numbersOf(share)
          if (total !== 0) rate?.record(good / total, given)
        },
      }
    },
  }
}

/** NaN, which is counted as no value, for what can't be read or is no number. Never throws. */
function numbersOf(share: { good: unknown; total: unknown }): { good: number; total: number } {
  try {
    const { good, total } = share
    if (typeof good === 'number' && typeof total === 'number') return { good, total }
  } catch {
    // A getter of theirs.
  }
  return { good: Number.NaN, total: Number.NaN }
}

/** This process' share, by the series that the labels lead to. */
function shareWith(
  shares: Map<Series, { good: number; total: number }>,
  rate: Instrument,
  ok: boolean,
  labels: unknown,
): number {
  const series = rate.seriesOf(labels)
  const share = shares.get(series) ?? { good: 0, total: 0 }
  shares.set(series, share)
  share.total++
  if (ok) share.good++
  return share.good / share.total
}

/** Over all processes, and the dead: counters add up, shares don't. */
function queryOf(events: string, labels: readonly string[]): string {
  const family = prometheusName(events, '{event}', 'counter')
  const by = labels.length === 0 ? '' : ` by (${labels.map(label => label.replaceAll('.', '_')).join(', ')})`
  return `sum${by} (rate(${family}{outcome="success"}[5m])) / sum${by} (rate(${family}[5m]))`
}
