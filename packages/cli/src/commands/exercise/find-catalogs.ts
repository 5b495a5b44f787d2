import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure } from '../../arguments/failure.ts'

/** What `describe()` of a catalog says, as far as it is needed here. */
export interface CatalogDescription {
  readonly name: string
  readonly metrics: readonly MetricDescription[]
}

export interface MetricDescription {
  readonly key: string
  readonly shape: string
  readonly name: string
  readonly states?: readonly string[]
  readonly instruments: readonly InstrumentDescription[]
}

export interface InstrumentDescription {
  readonly kind: string
  readonly prometheusName: string
  readonly labels: readonly LabelDescription[]
}

export interface LabelDescription {
  readonly name: string
  readonly values?: readonly (string | number | boolean)[]
  readonly pattern?: string
}

export interface NamedCatalog {
  readonly exportName: string
  /** The metrics by their keys: whichever copy of the package made them. */
  readonly catalog: Readonly<Record<string, unknown>>
  readonly description: CatalogDescription
}

/** The catalogs that a module exports. Throws {@link Failure}. */
export async function findCatalogs(module: string, exportName: string | undefined): Promise<NamedCatalog[]> {
  const path = resolve(module)
  if (!existsSync(path))
    throw new Failure(`there is no file ${path}. Name the file that exports the catalog.`)
  const found = catalogsIn(await load(path))
  const wanted = exportName === undefined ? found : found.filter(each => each.exportName === exportName)
  if (wanted.length > 0) return wanted
  const others = found.map(each => each.exportName).join(', ')
  throw new Failure(
    found.length > 0
      ? `${module} exports no catalog as ${exportName}. It has ${others}.`
      : `${module} exports no catalog. Export what defineCatalog() of @tutti/business-metrics gives.`,
  )
}

async function load(path: string): Promise<object> {
  try {
    return await import(pathToFileURL(path).href)
  } catch (error) {
    throw new Failure(`${path} can't be loaded: ${(error as Error).message}. Does "node ${path}" load it?`)
  }
}

/** Once each: a CommonJS module's exports are there by name and in its default. */
function catalogsIn(module: object): NamedCatalog[] {
  const { default: inner, ...named } = module as Record<string, unknown>
  const nested = typeof inner === 'object' && inner !== null && !isCatalog(inner) ? inner : { default: inner }
  const seen = new Set<unknown>()
  return [...Object.entries(named), ...Object.entries(nested)].flatMap(([exportName, value]) => {
    if (!isCatalog(value) || seen.has(value)) return []
    seen.add(value)
    const description = value.describe()
    return Array.isArray(description?.metrics) ? [{ exportName, catalog: value, description }] : []
  })
}

function isCatalog(value: unknown): value is Record<string, unknown> & { describe(): CatalogDescription } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { describe?: unknown }).describe === 'function'
  )
}
