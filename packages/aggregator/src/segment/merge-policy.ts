import { type Aggregation, cellCount, sumCell } from './aggregation.ts'

/** The API's instrument kinds, named as OpenTelemetry's `InstrumentType`. */
export type InstrumentKind =
  | 'COUNTER'
  | 'UP_DOWN_COUNTER'
  | 'HISTOGRAM'
  | 'GAUGE'
  | 'OBSERVABLE_COUNTER'
  | 'OBSERVABLE_UP_DOWN_COUNTER'
  | 'OBSERVABLE_GAUGE'

export const MERGE_POLICIES = ['sum', 'min', 'max', 'last', 'average', 'perWorker'] as const

/** What happens to the values that several writers hold for one series. */
export type MergePolicy = (typeof MERGE_POLICIES)[number]

/** How the values of several writers become one. */
export interface Merging {
  readonly merge: MergePolicy
  /** Whether the last values of dead writers count. */
  readonly keepDead: boolean
}

/** Whether a sum of this instrument's measurements can only grow. */
export function isMonotonic(kind: InstrumentKind): boolean {
  return kind === 'COUNTER' || kind === 'OBSERVABLE_COUNTER' || kind === 'HISTOGRAM'
}

/** The merging that an instrument gets when nobody says otherwise. */
export function defaultMerge(kind: InstrumentKind): Merging {
  switch (kind) {
    case 'UP_DOWN_COUNTER':
    case 'OBSERVABLE_UP_DOWN_COUNTER':
      return { merge: 'sum', keepDead: false }
    case 'GAUGE':
      return { merge: 'last', keepDead: true }
    case 'OBSERVABLE_GAUGE':
      return { merge: 'perWorker', keepDead: false }
    default:
      return { merge: 'sum', keepDead: true }
  }
}

/** What a merging is asked for. */
interface Merged {
  readonly kind: InstrumentKind
  readonly aggregation: Aggregation
}

/** Whether all a stream can do is add up: a counter, or a histogram. */
export function onlyAdds({ kind, aggregation }: Merged): boolean {
  return aggregation.type !== 'lastValue' && (aggregation.type !== 'sum' || isMonotonic(kind))
}

/** Why a stream can't be merged so; undefined when it can. */
export function whyUnfit(stream: Merged, { merge, keepDead }: Merging): string | undefined {
  if (onlyAdds(stream)) {
    if (merge !== 'sum' && merge !== 'perWorker')
      return `counters and histograms add up: only "sum" and "perWorker" keep their rates right`
    return keepDead ? undefined : 'without its dead writers a counter would fall, which reads as a reset'
  }
  if (merge === 'last' && stream.aggregation.type === 'sum')
    return 'an up-down counter does not say when it was changed, so none of its values is the last'
  return undefined
}

/** Whether a value of this stream that a dead writer left is replaced by the next writer of the same number. */
export function isReplaced(stream: Merged & Merging): boolean {
  return stream.merge === 'perWorker' && stream.keepDead && !onlyAdds(stream)
}

/**
 * Which cell of a series is added up over writers, if there is one. In a ledger it has a second part, behind the
 * series' other cells: what rounding lost (see merge/exact-sum.ts).
 */
export function summedCell({
  aggregation,
  merge,
}: Pick<Merged & Merging, 'aggregation' | 'merge'>): number | undefined {
  if (aggregation.type === 'lastValue') return merge === 'sum' || merge === 'average' ? 0 : undefined
  if (aggregation.type === 'sum' && (merge === 'min' || merge === 'max')) return undefined
  return sumCell(aggregation)
}

/** The cells of a series in a ledger: its own, what rounding lost, and of how many writers an average is. */
export function ledgerCellCount(stream: Pick<Merged & Merging, 'aggregation' | 'merge'>): number {
  const low = Number(summedCell(stream) !== undefined)
  return cellCount(stream.aggregation) + low + Number(isAverage(stream))
}

/** Only what has a single value has an average of them. */
export function isAverage({ aggregation, merge }: Pick<Merged & Merging, 'aggregation' | 'merge'>): boolean {
  return merge === 'average' && (aggregation.type === 'sum' || aggregation.type === 'lastValue')
}
