import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Colors } from '../charts/colors.ts'
import type { HeatRow } from '../charts/heatmap.ts'
import type { Line } from '../charts/line-chart.ts'
import { ALL, type KeyedRow } from '../figures/route-figures.ts'
import type { Live } from '../live.ts'
import type { LiveProps } from './app.tsx'
import { HeatFigure } from './heat-figure.tsx'
import { LineFigure } from './line-figure.tsx'
import { MAX_LINES, preferShown, shownTime, total } from './lines-of.ts'
import { RouteTable } from './route-table.tsx'
import { Section } from './section.tsx'

/** Rate, errors and latency by route; a route that is chosen is shown alone. */
export function Traffic({ live }: LiveProps): JSX.Element {
  const [chosen, choose] = useState<string>()
  const colors = useRef(new Colors())
  const { rows } = live.figures.routes
  const keys = chosen === undefined ? busiest(live, rows, colors.current) : [chosen]
  const assigned = colors.current.assign(keys)
  const time = shownTime(live)
  const lines = (measure: string): Line[] =>
    keys.map((key, at) => ({
      label: key,
      values: live.history.values(`route/${measure}/${key}`, time.range[0]),
      color: assigned[at],
    }))
  const hiddenCount = chosen === undefined ? rows.length - keys.length : 0
  const shared = { ...time, hiddenCount }
  return (
    <Section id="traffic" title="Traffic" note={chosen === undefined ? '' : `only ${chosen}`}>
      <div class="charts three">
        <LineFigure title="Requests by route" unit="rate" lines={lines('rate')} {...shared} />
        <LineFigure
          title="Errors by route"
          unit="rate"
          lines={lines('errors').filter(({ values }) => total(values) > 0)}
          without="none in this time"
          {...time}
        />
        <LineFigure title="Latency by route, p95" unit="seconds" lines={lines('p95')} {...shared} />
      </div>
      <HeatFigure
        title="Latency of requests"
        note={chosen ?? 'all routes'}
        rows={heatRows(live, chosen ?? ALL, time.range[0])}
        {...time}
      />
      <RouteTable rows={rows} colors={colors.current} chosen={chosen} choose={choose} />
    </Section>
  )
}

/** Those with most requests in the time that is shown, by name. */
function busiest(live: Live, rows: readonly KeyedRow[], colors: Colors): string[] {
  const from = live.nowSeconds - live.windowSeconds
  return rows
    .map(({ key }) => ({
      key,
      weight: preferShown(total(live.history.values(`route/rate/${key}`, from)) || 0, key, colors),
    }))
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
    .slice(0, MAX_LINES)
    .map(({ key }) => key)
    .sort()
}

/** The buckets that hold anything in the time that is shown, and those between them. */
function heatRows({ figures, history }: Live, key: string, from: number): HeatRow[] {
  const rows = figures.routes.boundaries.map(upTo => ({
    upTo,
    counts: history.values(`route/bucket/${key}/${upTo}`, from),
  }))
  const isUsed = ({ counts }: HeatRow) => total(counts) > 0
  const first = rows.findIndex(isUsed)
  return first < 0 ? rows : rows.slice(Math.max(0, first - 1), rows.findLastIndex(isUsed) + 2)
}
