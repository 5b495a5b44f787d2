import type { LabelValue } from '../labels/definitions.ts'
import type { Label } from '../labels/label.ts'
import type { Across, InstrumentKind, InstrumentSpec } from '../recording/instrument-spec.ts'
import type { Definition, Shape, ShapeDetails } from './definition.ts'
import { prometheusName } from './prometheus-name.ts'

/** A catalog as plain JSON: what docs, dashboards and alerts are made from. */
export interface CatalogDescription {
  readonly name: string
  readonly version?: string
  readonly metrics: readonly MetricDescription[]
}

export interface MetricDescription extends ShapeDetails {
  /** Its key in the catalog. */
  readonly key: string
  readonly shape: Shape
  readonly name: string
  readonly description: string
  readonly group?: string
  /** The main one first. */
  readonly instruments: readonly InstrumentDescription[]
}

export interface InstrumentDescription {
  /** What it is to its shape: `total`, `duration`, ... */
  readonly part: string
  readonly kind: InstrumentKind
  /** OpenTelemetry's name. */
  readonly name: string
  /** The family on the Prometheus page. */
  readonly prometheusName: string
  readonly description: string
  readonly unit: string
  readonly labels: readonly LabelDescription[]
  readonly buckets?: readonly number[]
  readonly across?: Across
  readonly maxSeries: number
}

export interface LabelDescription {
  readonly name: string
  /** All values that it can have; absent where the text is free. */
  readonly values?: readonly LabelValue[]
  /** Of a free text: how many values are told apart. */
  readonly limit?: number
  readonly pattern?: string
}

export function describeCatalog(
  { name, version }: { readonly name: string; readonly version?: string },
  definitions: Readonly<Record<string, Definition<object>>>,
): CatalogDescription {
  const metrics = Object.entries(definitions).map(([key, definition]) => describeMetric(key, definition))
  return deepFreeze({ name, ...(version !== undefined && { version }), metrics })
}

function describeMetric(key: string, definition: Definition<object>): MetricDescription {
  const { shape, name, description, group, parts, details } = definition
  const instruments = Object.entries(parts).map(([part, spec]) => describeInstrument(part, spec))
  return { key, shape, name, description, ...(group !== undefined && { group }), ...details, instruments }
}

function describeInstrument(part: string, spec: InstrumentSpec): InstrumentDescription {
  const { kind, name, description, unit, labels, buckets, across, maxSeries } = spec
  return {
    ...{ part, kind, name, prometheusName: prometheusName(name, unit, kind, across), description, unit },
    labels: labels.map(describeLabel),
    ...(buckets && { buckets: [...buckets] }),
    ...(across && { across }),
    maxSeries,
  }
}

function describeLabel({ name, values, free }: Label): LabelDescription {
  if (free === undefined) return { name, values: [...values] }
  return { name, limit: free.limit, ...(free.pattern && { pattern: free.pattern.source }) }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const each of Object.values(value)) deepFreeze(each)
  return Object.freeze(value)
}
