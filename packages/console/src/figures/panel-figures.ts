import type { Panel } from '../catalog/panel.ts'
import { PANELS } from '../catalog/panels.ts'
import { findFamily } from '../page/find-family.ts'
import { quantile } from '../page/series.ts'
import { bucketsOf, type Counted, countedBy, since } from '../rates/counted.ts'
import type { PageAt } from '../rates/page-at.ts'
import type { Tracks } from './figures.ts'
import { Recent } from './recent.ts'

/** A chart with more lines than this shows nothing; they have no history either. */
const MAX_LINES = 40

interface Look {
  readonly timeMs: number
  /** By panel, then by line. */
  readonly counted: ReadonlyMap<string, ReadonlyMap<string, Counted>>
}

/** What each panel's lines are now. */
export class PanelFigures {
  readonly #recent: Recent<Look> = new Recent()

  look({ page, timeMs }: PageAt, tracks: Tracks): void {
    const counted = new Map(
      PANELS.map(({ id, family, by, part }) => [id, countedBy(findFamily(page, family), by, part)] as const),
    )
    const { oldest } = this.#recent.add({ timeMs, counted })
    for (const panel of PANELS) {
      for (const [line, now] of [...counted.get(panel.id)!].slice(0, MAX_LINES)) {
        const value = valueNow(panel, line, now, timeMs, oldest)
        if (value !== undefined) tracks.set(`panel/${panel.id}/${line}`, value)
      }
    }
  }
}

function valueNow(
  { id, shows }: Panel,
  line: string,
  now: Counted,
  timeMs: number,
  oldest: Look | undefined,
): number | undefined {
  if (shows === 'value') return now.count
  if (oldest === undefined) return undefined
  const seconds = (timeMs - oldest.timeMs) / 1_000
  const recent = since(now, oldest.counted.get(id)?.get(line))
  if (shows === 'rate') return recent.count / seconds
  if (shows === 'sumRate') return recent.sum / seconds
  if (shows === 'partRate') return recent.part / seconds
  if (shows === 'partShare') return recent.count > 0 ? recent.part / recent.count : Number.NaN
  return quantile(bucketsOf(recent), 0.95)
}
