import { shared } from '../shared/state.ts'
import type { CatalogDescription } from './describe.ts'

/** Two instruments that would be one family on the Prometheus page. */
export interface Clash {
  readonly prometheusName: string
  /** `<catalog>: <OpenTelemetry name>` of both. */
  readonly instruments: readonly [string, string]
  readonly message: string
}

/**
 * Families that two instruments of these catalogs would share. Give it the catalogs of all libraries of a service, in
 * a test.
 *
 * @example
 * expect(findClashes(shop.describe(), feeds.describe())).toEqual([])
 */
export function findClashes(...catalogs: readonly CatalogDescription[]): Clash[] {
  const owners = new Map<string, string>()
  return catalogs.flatMap(({ name: catalog, metrics }) =>
    metrics.flatMap(({ instruments }) =>
      instruments.flatMap(({ name, prometheusName }) => {
        const owner = owners.get(prometheusName)
        const own = `${catalog}: ${name}`
        if (owner === undefined) owners.set(prometheusName, own)
        return owner === undefined ? [] : [clash(prometheusName, owner, own)]
      }),
    ),
  )
}

/**
 * Two libraries that chose the same name are no mistake of either, and no reason to stop an app: it is said once. The
 * same catalog twice is the same library loaded twice.
 */
export function claimFamilies({ name: catalog, metrics }: CatalogDescription): void {
  for (const { instruments } of metrics) {
    for (const { name, prometheusName } of instruments) {
      const owner = shared.families.get(prometheusName)
      if (owner === undefined) shared.families.set(prometheusName, catalog)
      else if (owner !== catalog)
        shared.voice.once(
          `clash ${prometheusName}`,
          () => clash(prometheusName, `${owner}: the same`, `${catalog}: ${name}`).message,
        )
    }
  }
}

function clash(prometheusName: string, first: string, second: string): Clash {
  const message = `${prometheusName} is the name of two metrics on the page, ${first} and ${second}. Rename one of them.`
  return { prometheusName, instruments: [first, second], message }
}
