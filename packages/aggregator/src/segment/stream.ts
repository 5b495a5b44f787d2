import type { Attributes, AttributeValue } from '@opentelemetry/api'
import { type Aggregation, isAggregation, plainAggregation } from './aggregation.ts'
import { type InstrumentKind, MERGE_POLICIES, type MergePolicy, type Merging } from './merge-policy.ts'

export { defaultMerge, type InstrumentKind, isMonotonic } from './merge-policy.ts'

export interface Scope {
  readonly name: string
  readonly version: string
  readonly schemaUrl: string
}

/** The scope of what we measure about ourselves. */
export const OWN_SCOPE: Scope = { name: '@tutti/aggregator', version: '', schemaUrl: '' }

/**
 * The scope of instruments that were made with Prometheus' names (by the adapter for prom-client's API): names and labels
 * stand on a page as they are, whatever its strategy, and no scope beside them.
 */
export const PROMETHEUS_SCOPE = '@tutti/business-metrics/prom-client'

export function hasPrometheusNames({ scope }: Pick<StreamDefinition, 'scope'>): boolean {
  return scope.name === PROMETHEUS_SCOPE
}

/** The name as names are compared: OpenTelemetry's whatever their case, Prometheus' with it. */
export function comparedName(definition: Pick<StreamDefinition, 'scope' | 'name'>): string {
  return hasPrometheusNames(definition) ? definition.name : definition.name.toLowerCase()
}

/**
 * What a writer says of an instrument: everything a reader in another process needs to merge and to render it.
 * Stored as JSON in the instrument's entry.
 */
export interface StreamDefinition extends Merging {
  readonly scope: Scope
  readonly name: string
  readonly description: string
  readonly unit: string
  readonly kind: InstrumentKind
  /** True for `ValueType.INT`. */
  readonly integer: boolean
  readonly aggregation: Aggregation
  /**
   * Only where views lead one instrument to several streams that are otherwise the same, with other attributes:
   * which of them this is, from 1.
   */
  readonly variant?: number
  /** Who chose the aggregation: a view, or a reader, which alone sees it. Absent: it is the default one. */
  readonly chosenBy?: 'view' | 'reader'
  /** Series it may have in one writer, and over all of them, the overflow series included. Absent: no limit. */
  readonly cardinalityLimit?: number
}

export function isObservable(kind: InstrumentKind): boolean {
  return kind.startsWith('OBSERVABLE')
}

/** Whether this instrument can measure something below zero. */
export function measuresNegatives(kind: InstrumentKind): boolean {
  return kind.endsWith('UP_DOWN_COUNTER') || kind.endsWith('GAUGE')
}

/** Whether a page shows it: what a reader chose is for that reader. */
export function isOnPage({ chosenBy }: StreamDefinition): boolean {
  return chosenBy !== 'reader'
}

/**
 * Two definitions with the same identity are one stream and are merged; the description and the limit are all in
 * which they may differ (OpenTelemetry's data model: a stream is identified by scope, name, kind, unit).
 */
export function streamIdentity(definition: StreamDefinition): string {
  const { scope, name, unit, kind, integer, aggregation, variant = 0, merge, keepDead } = definition
  return JSON.stringify([
    scope.name,
    scope.version,
    scope.schemaUrl,
    name,
    unit,
    kind,
    integer,
    aggregation,
    variant,
    merge,
    keepDead,
  ])
}

/** Reads an instrument entry's text. Undefined when it is not a definition: the text may come from anywhere. */
export function parseDefinition(text: string): StreamDefinition | undefined {
  let value: Partial<StreamDefinition> | null
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const scope = value.scope as Partial<Scope> | undefined
  const strings = [scope?.name, scope?.version, scope?.schemaUrl, value.name, value.description, value.unit]
  if (!strings.every(each => typeof each === 'string')) return undefined
  if (!KINDS.has(value.kind as InstrumentKind) || !POLICIES.has(value.merge as MergePolicy)) return undefined
  if (typeof value.integer !== 'boolean' || typeof value.keepDead !== 'boolean') return undefined
  if (!isAggregation(value.aggregation) || !Number.isInteger(value.variant ?? 0)) return undefined
  if (value.chosenBy !== undefined && value.chosenBy !== 'view' && value.chosenBy !== 'reader')
    return undefined
  if (!isLimit(value.cardinalityLimit)) return undefined
  return onlyKnown(value as StreamDefinition)
}

/** Nothing but what was checked: what else stands there may be nested deeper than anybody can follow. */
function onlyKnown(definition: StreamDefinition): StreamDefinition {
  const { scope, name, description, unit, kind, integer, aggregation, merge, keepDead } = definition
  const { variant, chosenBy, cardinalityLimit } = definition
  return {
    scope: { name: scope.name, version: scope.version, schemaUrl: scope.schemaUrl },
    name,
    description,
    unit,
    kind,
    integer,
    aggregation: plainAggregation(aggregation),
    ...(variant !== undefined && { variant }),
    ...(chosenBy !== undefined && { chosenBy }),
    ...(cardinalityLimit !== undefined && { cardinalityLimit }),
    merge,
    keepDead,
  }
}

function isLimit(value: unknown): boolean {
  return value === undefined || (Number.isSafeInteger(value) && Number(value) >= 1)
}

const KINDS: ReadonlySet<InstrumentKind> = new Set([
  'COUNTER',
  'UP_DOWN_COUNTER',
  'HISTOGRAM',
  'GAUGE',
  'OBSERVABLE_COUNTER',
  'OBSERVABLE_UP_DOWN_COUNTER',
  'OBSERVABLE_GAUGE',
] as const)
const POLICIES: ReadonlySet<MergePolicy> = new Set(MERGE_POLICIES)

/** Reads the canonical JSON of a series or resource entry. Undefined when it is none. */
export function parseAttributes(text: string): Attributes | undefined {
  try {
    const pairs: unknown = JSON.parse(text)
    if (!Array.isArray(pairs)) return undefined
    const attributes: Attributes = Object.create(null)
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') return undefined
      if (pair[0] !== '') attributes[pair[0]] = plainValue(pair[1])
    }
    return { ...attributes }
  } catch {
    return undefined
  }
}

/** What is no attribute value becomes text here, where it may fail: it may be nested too deeply. */
function plainValue(value: unknown): AttributeValue | undefined {
  if (value === null || typeof value !== 'object') return value as AttributeValue | undefined
  const isPlain = Array.isArray(value) && value.every(each => each === null || typeof each !== 'object')
  return isPlain ? value : JSON.stringify(value)
}
