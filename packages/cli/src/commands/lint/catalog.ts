import { Failure } from '../../arguments/failure.ts'
import { parseDescriptions, WRITE_IT } from '../../source/catalog-json.ts'

/** What the linter reads of a catalog's description; all that it does not find is left out. */
export interface Catalog {
  readonly name: string
  readonly instruments: readonly CatalogInstrument[]
}

export interface CatalogInstrument {
  readonly name: string
  readonly prometheusName: string
  readonly kind: string
  readonly unit: string
  readonly description: string
  readonly labels: readonly CatalogLabel[]
}

export interface CatalogLabel {
  readonly name: string
  readonly values: readonly string[] | undefined
  /** Of a free text. */
  readonly limit: number | undefined
}

/** Reads one catalog's description, or a list of them. Throws {@link Failure} for what is none. */
export function parseCatalog(text: string, source: string): Catalog[] {
  return parseDescriptions(text, source).map(each => readCatalog(each, source))
}

function readCatalog(value: unknown, source: string): Catalog {
  const { name, metrics } = objectOf(value)
  if (!Array.isArray(metrics)) throw new Failure(`${source} is no catalog: it has no metrics. ${WRITE_IT}`)
  const instruments = metrics.flatMap(metric => listOf(objectOf(metric).instruments).map(readInstrument))
  return { name: textOf(name), instruments }
}

function readInstrument(value: unknown): CatalogInstrument {
  const { name, prometheusName, kind, unit, description, labels } = objectOf(value)
  return {
    name: textOf(name),
    prometheusName: textOf(prometheusName) || textOf(name).replaceAll('.', '_'),
    kind: textOf(kind),
    unit: textOf(unit),
    description: textOf(description),
    labels: listOf(labels).map(readLabel),
  }
}

function readLabel(value: unknown): CatalogLabel {
  const { name, values, limit } = objectOf(value)
  return {
    name: textOf(name),
    values: Array.isArray(values) ? values.map(String) : undefined,
    limit: numberOf(limit),
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
