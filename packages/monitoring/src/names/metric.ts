import { type InstrumentDescription, prometheusName } from '@tutti/business-metrics'

export type Kind = 'counter' | 'gauge' | 'histogram'

/** A metric as whoever records it names it, and the family that Prometheus has of it. */
export interface Metric {
  /** OpenTelemetry's name; the family's where OpenTelemetry has no part in it. */
  readonly name: string
  /** UCUM, as the instrument was created with. */
  readonly unit: string
  readonly kind: Kind
  /** The family on the Prometheus page. */
  readonly family: string
}

export type Table<T> = { readonly [K in keyof T]: Metric }

/** An instrument of a catalog. */
export function metricOf({ name, unit, kind, prometheusName: family }: InstrumentDescription): Metric {
  return { name, unit, kind, family }
}

type Entries<E> = Readonly<Record<string, E>>

/** Metrics of OpenTelemetry: their families are what the default translation strategy makes of them. */
export function fromInstruments<T extends Entries<readonly [Kind, name: string, unit: string]>>(
  table: T,
): Table<T> {
  return map(table, ([kind, name, unit]) => {
    return { name, unit, kind, family: prometheusName(name, unit, kind) }
  })
}

/** Metrics that are on the page by these very names. */
export function fromFamilies<T extends Entries<readonly [Kind, family: string]>>(table: T): Table<T> {
  return map(table, ([kind, family]) => ({ name: family, unit: '', kind, family }))
}

function map<T extends Entries<readonly string[]>>(
  table: T,
  metricOf: (entry: T[keyof T]) => Metric,
): Table<T> {
  const entries = Object.entries(table) as [string, T[keyof T]][]
  return Object.fromEntries(entries.map(([key, entry]) => [key, metricOf(entry)])) as Table<T>
}
