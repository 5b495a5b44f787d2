import type { IAttributesProcessor, ViewOptions } from '@opentelemetry/sdk-metrics'
import { type Aggregate, aggregateBy } from './aggregation-option.ts'
import type { InstrumentDefinition } from './instrument.ts'
import { selectorOf, selectsNothing } from './selector.ts'
import { ViewError } from './view-error.ts'
import { hasWildcard } from './wildcards.ts'

/** A view: which instruments it selects, and what it makes of them. */
export interface View {
  readonly selects: (instrument: InstrumentDefinition) => boolean
  /** Undefined: the instrument's own. */
  readonly name: string | undefined
  readonly description: string | undefined
  readonly processors: readonly IAttributesProcessor[] | undefined
  readonly aggregate: Aggregate
  readonly cardinalityLimit: number | undefined
}

/** Reads the SDK's `ViewOptions` (OpenTelemetry metrics SDK, View). Throws {@link ViewError}. */
export function defineView(options: ViewOptions): View {
  checkSelection(options)
  return {
    selects: selectorOf(options),
    name: options.name ?? undefined,
    description: options.description ?? undefined,
    processors: processorsOf(options),
    aggregate: aggregateBy(options.aggregation),
    cardinalityLimit: limitOf(options),
  }
}

function checkSelection(options: ViewOptions): void {
  if (selectsNothing(options)) {
    const mend = "Say which instruments it is for, with instrumentName: '*' if it is for all."
    throw new ViewError('TUTTI_VIEW_SELECTS_NOTHING', 'has no selector', mend)
  }
  const { name, instrumentName } = options
  if (name === undefined || name === null) return
  if (typeof instrumentName === 'string' && !hasWildcard(instrumentName)) return
  throw new ViewError(
    'TUTTI_VIEW_NAMES_SEVERAL',
    `gives the name "${name}" to every instrument named ${JSON.stringify(instrumentName ?? '*')}`,
    'Give instrumentName without a wildcard, so that it selects one instrument of a meter.',
  )
}

function processorsOf({ attributesProcessors }: ViewOptions): readonly IAttributesProcessor[] | undefined {
  if (attributesProcessors === undefined || attributesProcessors === null) return undefined
  const valid =
    Array.isArray(attributesProcessors) &&
    attributesProcessors.every(each => typeof each?.process === 'function')
  if (valid) return attributesProcessors.length === 0 ? undefined : [...attributesProcessors]
  throw new ViewError(
    'TUTTI_VIEW_PROCESSOR_INVALID',
    `has attributesProcessors that are no list of processors`,
    "Give a list of objects with process(attributes), such as createAllowListAttributesProcessor(['route']).",
  )
}

function limitOf({ aggregationCardinalityLimit: limit }: ViewOptions): number | undefined {
  if (limit === undefined || limit === null) return undefined
  if (Number.isInteger(limit) && limit >= 1) return limit
  throw new ViewError(
    'TUTTI_VIEW_LIMIT_INVALID',
    `has the aggregationCardinalityLimit ${limit}`,
    'Give a whole number from 1: how many series the stream may have.',
  )
}
