import type { Family } from '../page/page.ts'
import { seriesOnce } from '../page/series-once.ts'
import type { PageAt } from '../rates/page-at.ts'
import type { Tracks } from './figures.ts'
import { Recent } from './recent.ts'

/** One metric, for the search and for the metrics of the service itself. */
export interface FamilyFigure {
  readonly name: string
  readonly type: string
  readonly help: string
  /** How many series it has. */
  readonly cardinality: number
  /** Counters and histograms are shown by what comes a second. */
  readonly shownAs: 'value' | 'rate'
  readonly series: readonly SeriesFigure[]
}

export interface SeriesFigure {
  /** Labels as on the page, without those that say where it comes from. */
  readonly labels: string
  /** As on the page; of a histogram the count. */
  readonly value: number
  readonly count: number | undefined
  readonly sum: number | undefined
}

interface Look {
  readonly timeMs: number
  readonly values: Map<string, number>
}

/** Every series of the page: what it is now, and tracks of it and of its family. */
export class FamilyFigures {
  all: readonly FamilyFigure[] = []
  readonly #recent: Recent<Look> = new Recent()

  look({ page, timeMs }: PageAt, tracks: Tracks): void {
    const values = new Map<string, number>()
    const { oldest: before } = this.#recent.add({ timeMs, values })
    this.all = page.families.map(family => {
      const figure = figureOf(family)
      let sum = 0
      for (const { labels, value } of figure.series) {
        const name = `${figure.name}{${labels}}`
        values.set(name, value)
        const shown = figure.shownAs === 'value' ? value : rateSince(name, value, timeMs, before)
        if (shown === undefined) continue
        sum += shown
        tracks.set(`series/${name}`, shown)
      }
      if (figure.shownAs === 'value' || before !== undefined) tracks.set(`family/${figure.name}`, sum)
      return figure
    })
  }
}

function figureOf(family: Family): FamilyFigure {
  const { name, type, help } = family
  const series = seriesOnce(family).map(({ labels, value, histogram }) => ({
    labels: [...labels]
      .filter(([key]) => !key.startsWith('otel_scope_') && !key.startsWith('otel.scope.'))
      .map(([key, text]) => `${key}=${JSON.stringify(text)}`)
      .join(', '),
    value: histogram?.count ?? value ?? Number.NaN,
    count: histogram?.count,
    sum: histogram?.sum,
  }))
  const shownAs = ['counter', 'histogram', 'summary'].includes(type) ? 'rate' : 'value'
  return { name, type, help, cardinality: series.length, shownAs, series }
}

/** Counters begin anew with a new run. */
function rateSince(
  name: string,
  value: number,
  timeMs: number,
  before: Look | undefined,
): number | undefined {
  if (before === undefined) return undefined
  const earlier = before.values.get(name) ?? 0
  return (value >= earlier ? value - earlier : value) / ((timeMs - before.timeMs) / 1_000)
}
