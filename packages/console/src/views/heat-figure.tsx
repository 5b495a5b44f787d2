import type { JSX } from 'preact'
import { describeHeat, fullest, type HeatRow, heatData } from '../charts/heatmap.ts'
import { inUnit, rate } from '../format/by-unit.ts'
import { TimeFigure } from './time-figure.tsx'

interface HeatFigureProps {
  readonly title: string
  readonly note: string
  readonly times: Float64Array
  readonly range: [number, number]
  readonly rows: readonly HeatRow[]
}

const boundary = (seconds: number) => inUnit(seconds, 'seconds')

/** Latency as a heat map: a column a look, a row a bucket. */
export function HeatFigure({ title, note, times, range, rows }: HeatFigureProps): JSX.Element {
  const entries = rows.map(({ upTo, counts }) => ({ label: rowLabel(upTo), values: counts }))
  const most = fullest(rows.map(({ counts }) => counts))
  return (
    <TimeFigure
      title={title}
      note={note}
      times={times}
      range={range}
      entries={entries}
      format={value => (Number.isNaN(value) ? '–' : rate(value))}
      data={heatData(times, rows)}
      describe={describeHeat(rows, boundary)}
      identity={JSON.stringify([title, rows.map(({ upTo }) => upTo)])}
      isTall
      legend={at => (
        <p class="legend heat">
          <span class="ramp" aria-hidden="true">
            {[1, 2, 3, 4, 5, 6, 7].map(step => (
              <span key={step} class={`heat-${step}`} />
            ))}
          </span>
          <span>1 to {rate(Math.max(1, most))} requests in a bucket</span>
          <span class="value">{slowest(rows, at)}</span>
        </p>
      )}
    />
  )
}

function rowLabel(upTo: number): string {
  return Number.isFinite(upTo) ? `≤ ${boundary(upTo)}` : 'above'
}

/** In words what the highest cell of a column says. */
function slowest(rows: readonly HeatRow[], at: number): string {
  const highest = rows.findLast(({ counts }) => counts[at] > 0)
  return highest === undefined ? 'no requests' : `slowest ${rowLabel(highest.upTo)}`
}
