import type { IAttributesProcessor } from '@opentelemetry/sdk-metrics'
import type { Aggregation } from '../segment/aggregation.ts'
import { whyUnfit } from '../segment/merge-policy.ts'
import {
  defaultMerge,
  type InstrumentKind,
  isMonotonic,
  isObservable,
  type StreamDefinition,
} from '../segment/stream.ts'
import { defaultAggregation } from './aggregation-option.ts'
import { cut, MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH } from './cut.ts'
import type { InstrumentDefinition } from './instrument.ts'
import type { View } from './view.ts'

/** What an instrument's measurements become on one of the ways that they take. */
export interface StreamConfiguration {
  readonly definition: StreamDefinition
  readonly processors: readonly IAttributesProcessor[] | undefined
  readonly cardinalityLimit: number | undefined
}

const NO_VIEW: Omit<View, 'selects'> = {
  name: undefined,
  description: undefined,
  processors: undefined,
  aggregate: defaultAggregation,
  cardinalityLimit: undefined,
}

/**
 * The streams of an instrument: one for each view that selects it, none for a view that drops, and the default
 * one when no view selects it (OpenTelemetry metrics SDK, measurement processing). Where no view says how to
 * aggregate there is one more stream for each other aggregation that a reader chooses.
 *
 * @param chosen what readers choose for this kind of instrument instead of the default.
 */
export function streamsOf(
  instrument: InstrumentDefinition,
  views: readonly View[],
  warn: (line: string) => void,
  chosen: readonly Aggregation[] = [],
): StreamConfiguration[] {
  const selecting = views.filter(view => view.selects(instrument) && isMeaningful(view, instrument, warn))
  const applied = selecting.length > 0 ? selecting : [NO_VIEW]
  return applied.flatMap(view => configure(instrument, view, chosen))
}

/** A view that would make no sense of an instrument counts as if it were not there. */
function isMeaningful(view: View, instrument: InstrumentDefinition, warn: (line: string) => void): boolean {
  const { name, kind, scope } = instrument
  const type = view.aggregate(instrument)?.type
  if (!isObservable(kind) || type === undefined || type === 'sum' || type === 'lastValue') return true
  warn(
    `a view makes a histogram of the observable instrument ${name} of ${scope.name}, whose values are totals and ` +
      'no measurements: it is not applied. Select synchronous instruments only, with instrumentType.',
  )
  return false
}

function configure(
  instrument: InstrumentDefinition,
  view: Omit<View, 'selects'>,
  chosen: readonly Aggregation[],
): StreamConfiguration[] {
  const aggregation = view.aggregate(instrument)
  if (aggregation === undefined) return []
  if (view.aggregate !== defaultAggregation) return [configureAs(aggregation, instrument, view, 'view')]
  const others = chosen
    .map(each => fitted(each, instrument))
    .filter(each => JSON.stringify(each) !== JSON.stringify(aggregation))
  return [
    configureAs(aggregation, instrument, view),
    ...others.map(each => configureAs(each, instrument, view, 'reader')),
  ]
}

/** Readers choose by the kind of instrument: they don't know that one measures below zero although its kind does not. */
function fitted(aggregation: Aggregation, { negative }: InstrumentDefinition): Aggregation {
  return aggregation.type === 'exponentialBuckets' ? { ...aggregation, negative } : aggregation
}

function configureAs(
  aggregation: Aggregation,
  instrument: InstrumentDefinition,
  view: Omit<View, 'selects'>,
  chosenBy?: StreamDefinition['chosenBy'],
): StreamConfiguration {
  const { scope, unit, kind, integer, merging } = instrument
  const isFit = merging !== undefined && whyUnfit({ kind, aggregation }, merging) === undefined
  const definition = {
    scope,
    name: cut(view.name ?? instrument.name, MAX_NAME_LENGTH),
    description: cut(view.description ?? instrument.description, MAX_DESCRIPTION_LENGTH),
    unit,
    kind,
    integer,
    aggregation,
    ...(chosenBy && { chosenBy }),
    ...(isFit ? merging : defaultMerge(aggregatedLike(kind, aggregation))),
  }
  return { definition, processors: view.processors, cardinalityLimit: view.cardinalityLimit }
}

/** The kind of instrument whose values, without a view, are merged as these ones have to be. */
function aggregatedLike(kind: InstrumentKind, { type }: Aggregation): InstrumentKind {
  const observable = isObservable(kind)
  switch (type) {
    case 'lastValue':
      return observable ? 'OBSERVABLE_GAUGE' : 'GAUGE'
    case 'sum':
      if (isMonotonic(kind)) return observable ? 'OBSERVABLE_COUNTER' : 'COUNTER'
      return observable ? 'OBSERVABLE_UP_DOWN_COUNTER' : 'UP_DOWN_COUNTER'
    default:
      return 'HISTOGRAM'
  }
}
