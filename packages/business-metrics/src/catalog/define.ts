import { MetricMisuseError } from '../misuse-error.ts'
import { join } from '../shared/provider.ts'
import { gateOf, shared } from '../shared/state.ts'
import { claimFamilies, findClashes } from './clashes.ts'
import type { Definition } from './definition.ts'
import { type CatalogDescription, describeCatalog } from './describe.ts'
import { Scope } from './scope.ts'

export type Definitions = Readonly<Record<string, Definition<object>>>

export interface CatalogOptions {
  /** The library's npm name: OpenTelemetry's instrumentation scope, and a group for `TUTTI_DISABLED_GROUPS`. */
  readonly name: string
  readonly version?: string
}

/** Live metrics under the keys that their author gave them. */
export type Catalog<D extends Definitions> = {
  readonly [K in keyof D]: D[K] extends Definition<infer M> ? M : never
} & {
  /** The catalog as data: for docs, dashboards, alerts. */
  describe(): CatalogDescription
}

/**
 * All metrics of a library, defined once. Live at once, whether an SDK is there, comes later, or never.
 *
 * Throws {@link MetricMisuseError} for what can't be measured so; then the library's own tests fail, too.
 *
 * @example
 * export const metrics = defineCatalog({ name: 'shop' }, { orders: counter({ name: 'orders', description: 'Orders.' }) })
 * metrics.orders.add(1)
 */
export function defineCatalog<const D extends Definitions>(
  options: CatalogOptions,
  definitions: D,
): Catalog<D> {
  checkOptions(options)
  checkDefinitions(options.name, definitions)
  const description = describeCatalog(options, definitions)
  const [clash] = findClashes(description)
  if (clash !== undefined) throw new MetricMisuseError('TUTTI_METRIC_NAME_CLASH', clash.message)
  claimFamilies(description)

  const scope = new Scope(options.name, options.version)
  const metrics = Object.entries(definitions).map(([key, definition]) => {
    const gate = gateOf(options.name, definition.group)
    const instruments = scope.instruments(definition, gate)
    const metric = Object.freeze(definition.build(instruments, gate))
    shared.instruments.set(metric, instruments)
    return [key, metric] as const
  })
  join(scope)
  return Object.freeze({ ...Object.fromEntries(metrics), describe: () => description }) as Catalog<D>
}

function checkOptions({ name, version }: CatalogOptions): void {
  if (typeof name !== 'string' || !/^[\w@./-]{1,200}$/.test(name))
    throw invalid(
      `a catalog has the name of its library, such as "@acme/feeds", and not ${JSON.stringify(name)}.`,
    )
  if (version !== undefined && typeof version !== 'string') throw invalid(`${name}: version is no text.`)
}

function checkDefinitions(name: string, definitions: Definitions): void {
  for (const [key, definition] of Object.entries(definitions)) {
    if (key === 'describe')
      throw invalid(`${name}: a metric can't have the key "describe". Choose another one.`)
    if (typeof definition?.build !== 'function')
      throw invalid(`${name}: ${key} is no metric. Make it with counter(), operation() and their like.`)
  }
}

function invalid(message: string): MetricMisuseError {
  return new MetricMisuseError('TUTTI_CATALOG_INVALID', message)
}
