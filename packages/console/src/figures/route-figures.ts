import { quantile } from '../page/series.ts'
import { addUp, bucketsOf, type Counted, since } from '../rates/counted.ts'
import type { PageAt } from '../rates/page-at.ts'
import { countRoutes, type RouteRow, routeRow } from '../rates/routes.ts'
import type { Tracks } from './figures.ts'
import { Recent } from './recent.ts'

/** The key of all routes together: no route has it. */
export const ALL = '*'
/** Routes beyond these have a row, but no history. */
const MAX_ROUTES = 60

interface Look {
  readonly timeMs: number
  readonly routes: ReadonlyMap<string, Counted>
}

/** A row, and the key that its tracks have. */
export interface KeyedRow extends RouteRow {
  readonly key: string
}

/** Requests by route: rows of the last seconds, and tracks of each. */
export class RouteFigures {
  rows: readonly KeyedRow[] = []
  all: RouteRow | undefined
  /** Upper boundaries of the buckets, ascending. */
  boundaries: readonly number[] = []
  readonly #recent: Recent<Look> = new Recent()

  look({ page, timeMs }: PageAt, tracks: Tracks): void {
    const routes = new Map(countRoutes(page))
    routes.set(ALL, addUp(routes.values()))
    const { previous, oldest } = this.#recent.add({ timeMs, routes })
    const seconds = (timeMs - (oldest?.timeMs ?? timeMs)) / 1_000
    const rows = [...routes].map(([key, counted]) => ({
      ...routeRow(key, counted, before(oldest, key, counted), seconds),
      key,
    }))
    this.rows = rows.filter(({ key }) => key !== ALL)
    this.all = rows.find(({ key }) => key === ALL)
    this.boundaries = bucketsOf(routes.get(ALL)!).map(({ upTo }) => upTo)
    if (previous === undefined || oldest === undefined) return
    const busiest = [...rows].sort((a, b) => b.total - a.total).slice(0, MAX_ROUTES)
    for (const { key } of busiest) {
      const now = routes.get(key)!
      const recent = since(now, oldest.routes.get(key))
      tracks.set(`route/rate/${key}`, recent.count / seconds)
      tracks.set(`route/errors/${key}`, recent.part / seconds)
      for (const share of [0.5, 0.95, 0.99])
        tracks.set(`route/p${share * 100}/${key}`, quantile(bucketsOf(recent), share))
      trackBuckets(tracks, key, since(now, previous.routes.get(key)))
    }
  }
}

/** At the first look nobody knows since when a route was asked for. */
function before(oldest: Look | undefined, key: string, now: Counted): Counted | undefined {
  return oldest === undefined ? now : oldest.routes.get(key)
}

/** Each look's own: the heat map shows every request once. */
function trackBuckets(tracks: Tracks, key: string, came: Counted): void {
  let below = 0
  for (const { upTo, count } of bucketsOf(came)) {
    tracks.set(`route/bucket/${key}/${upTo}`, Math.max(0, count - below))
    below = count
  }
}
