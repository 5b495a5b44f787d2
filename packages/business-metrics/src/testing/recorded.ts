import type { Instrument } from '../recording/instrument.ts'
import { type Handle, NOWHERE, type Series } from '../recording/series.ts'
import { attendAgain } from '../shared/provider.ts'
import { shared } from '../shared/state.ts'

/** Values of a histogram that are kept. */
const MAX_VALUES = 10_000

interface Recorded {
  /** Of a counter what was added, of a histogram how many values. */
  total: number
  /** Of a histogram, the first ones. */
  readonly values: number[]
}

let memory: Map<Series, Recorded> = new Map()

/** Keeps in memory what all catalogs record from now on, beside the SDK, if there is one. For tests. */
export function recordMetrics(): void {
  shared.tap = binding => ({
    bind: series => remembering(series, binding?.bind(series) ?? NOWHERE),
    end: () => binding?.end?.(),
  })
  attendAgain()
}

/** Counters and histograms begin at nothing again; gauges stay what they are. */
export function resetRecorded(): void {
  memory = new Map()
}

/**
 * What a metric has recorded under these labels, or under all sets of labels that contain them: the total of a
 * counter, how many values a histogram had, what a gauge was set to last (of several series, their sum). Undefined: of
 * a gauge that was never set.
 *
 * @param part of a shape: `'errors'` of an operation. Left out: its main one.
 * @throws TypeError for what is no metric of a catalog, or has no such part.
 *
 * @example
 * recorded(metrics.orders, { channel: 'web' }) // 3
 */
export function recorded(
  metric: object,
  labels: Readonly<Record<string, unknown>> = {},
  part?: string,
): number | undefined {
  const instrument = instrumentOf(metric, part)
  const values = [...instrument.table]
    .filter(series => contains(series, labels))
    .map(series => amountOf(instrument, series))
    .filter(value => value !== undefined)
  if (values.length === 0 && instrument.spec.kind === 'gauge') return undefined
  return values.reduce((sum, value) => sum + value, 0)
}

/** The values that a histogram has recorded, in the order of its series; at most 10,000 of each. */
export function recordedValues(
  metric: object,
  labels: Readonly<Record<string, unknown>> = {},
  part?: string,
): number[] {
  const { table } = instrumentOf(metric, part)
  return [...table]
    .filter(series => contains(series, labels))
    .flatMap(series => memory.get(series)?.values ?? [])
}

/** Every series that a metric has recorded anything under, for messages. */
export function recordedSeries(
  metric: object,
  part?: string,
): { labels: Series['attributes']; value: number }[] {
  const instrument = instrumentOf(metric, part)
  return [...instrument.table].flatMap(series => {
    const value = amountOf(instrument, series)
    return value === undefined || (value === 0 && instrument.spec.kind !== 'gauge')
      ? []
      : [{ labels: series.attributes, value }]
  })
}

function instrumentOf(metric: object, part?: string): Pick<Instrument, 'spec' | 'table'> {
  const instruments =
    typeof metric === 'object' && metric !== null ? shared.instruments.get(metric) : undefined
  if (instruments === undefined)
    throw new TypeError(
      'this is no metric of a catalog: give one as it stands in defineCatalog(), metrics.orders.',
    )
  const parts = Object.keys(instruments)
  const instrument = instruments[part ?? parts[0]]
  if (instrument === undefined)
    throw new TypeError(`this metric has no part "${part}": it has ${parts.join(', ')}.`)
  return instrument
}

function amountOf({ spec }: Pick<Instrument, 'spec'>, series: Series): number | undefined {
  if (spec.kind === 'gauge') return series.value
  return memory.get(series)?.total ?? 0
}

function contains({ attributes }: Series, labels: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(labels).every(([name, value]) => attributes[name] === value)
}

function remembering(series: Series, handle: Handle): Handle {
  return {
    add(value) {
      recordOf(series).total += value
      handle.add(value)
    },
    record(value) {
      const one = recordOf(series)
      one.total++
      if (one.values.length < MAX_VALUES) one.values.push(value)
      handle.record(value)
    },
    end: () => handle.end?.(),
  }
}

function recordOf(series: Series): Recorded {
  const found = memory.get(series) ?? { total: 0, values: [] }
  memory.set(series, found)
  return found
}
