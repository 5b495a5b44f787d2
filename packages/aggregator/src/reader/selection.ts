import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import type { Aggregation } from '../segment/aggregation.ts'
import {
  type InstrumentKind,
  isObservable,
  measuresNegatives,
  OWN_SCOPE,
  type StreamDefinition,
} from '../segment/stream.ts'
import { AGGREGATION_TYPE, aggregateBy } from '../view/aggregation-option.ts'

type Selected = 'default' | 'drop' | Aggregation

/** What the SDK's readers say when nobody told them a limit. */
const SDK_LIMIT = 2_000

/**
 * What one reader selects for each kind of instrument, where no view does (OpenTelemetry metrics SDK, MetricReader):
 * the aggregation and a limit. What all readers select is recorded, one stream for each aggregation, and a reader sees
 * its own; the page shows the default one.
 */
export class Selection {
  readonly #reader: IMetricReader
  readonly #warn: (line: string) => void
  readonly #selected: Map<InstrumentKind, Selected> = new Map()

  constructor(reader: IMetricReader, warn: (line: string) => void) {
    this.#reader = reader
    this.#warn = warn
  }

  /** What has to be recorded for this reader beside the default. */
  aggregationOf(kind: InstrumentKind): Aggregation | undefined {
    const selected = this.#select(kind)
    return typeof selected === 'object' ? selected : undefined
  }

  /** Series a stream of this kind may have; undefined where nobody told the reader: then the provider's limit holds. */
  limitOf(kind: InstrumentKind): number | undefined {
    // Optional before version 2 of the SDK.
    const limit = this.#reader.selectCardinalityLimit?.(kind as never) ?? SDK_LIMIT
    return limit === SDK_LIMIT || !(limit >= 1) ? undefined : limit
  }

  sees({ scope, kind, aggregation, chosenBy }: StreamDefinition): boolean {
    if (chosenBy === 'view' || scope.name === OWN_SCOPE.name) return true
    const selected = this.#select(kind)
    if (typeof selected === 'object') return isChoice(selected, aggregation)
    return selected === 'default' && chosenBy === undefined
  }

  /** Selectors are pure: once is enough. */
  #select(kind: InstrumentKind): Selected {
    let selected = this.#selected.get(kind)
    if (selected === undefined) {
      selected = this.#ask(kind)
      this.#selected.set(kind, selected)
    }
    return selected
  }

  #ask(kind: InstrumentKind): Selected {
    try {
      const option = this.#reader.selectAggregation?.(kind as never)
      if ((option?.type ?? AGGREGATION_TYPE.default) === AGGREGATION_TYPE.default) return 'default'
      const aggregation = aggregateBy(option)({ kind, negative: measuresNegatives(kind) } as never)
      if (aggregation === undefined) return 'drop'
      const isHistogram = aggregation.type !== 'sum' && aggregation.type !== 'lastValue'
      // The values of an observable are totals and no measurements.
      return isHistogram && isObservable(kind) ? 'default' : aggregation
    } catch (error) {
      const why = (error as Error).message.replace(/^a view/, 'it')
      this.#warn(`the aggregation that a reader selects for ${kind} is the default one instead: ${why}`)
      return 'default'
    }
  }
}

/** Whether a stream is what was selected for its kind of instrument, be it that the instrument measures below zero. */
function isChoice(selected: Aggregation, aggregation: Aggregation): boolean {
  const chosen =
    selected.type === 'exponentialBuckets' && aggregation.type === 'exponentialBuckets'
      ? { ...selected, negative: aggregation.negative }
      : selected
  return JSON.stringify(chosen) === JSON.stringify(aggregation)
}
