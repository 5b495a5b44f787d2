import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type uPlot from 'uplot'
import { clock } from '../charts/time-axis.ts'
import { type Describe, TimeChart } from '../charts/time-chart.ts'
import { MomentTable } from './moment-table.tsx'

/** A line of the legend, and a column of the table: the same numbers as are drawn. */
export interface Entry {
  readonly label: string
  readonly color?: number
  readonly values: ArrayLike<number>
}

export interface TimeFigureProps {
  readonly title: string
  readonly times: Float64Array
  readonly range: [number, number]
  readonly entries: readonly Entry[]
  readonly format: (value: number) => string
  readonly data: uPlot.AlignedData
  readonly describe: Describe
  /** Another one when lines come or go. */
  readonly identity: string
  readonly note?: string | undefined
  readonly isTall?: boolean
  readonly legend: (at: number) => ComponentChildren
}

/** A chart with its title, its legend, which says the values at the cursor, and its numbers as a table. */
export function TimeFigure(props: TimeFigureProps): JSX.Element {
  const { title, times, entries, format, note, isTall = false } = props
  const id = useId()
  const [cursor, setCursor] = useState<number>()
  const [isTable, setIsTable] = useState(false)
  const { root, press } = useTimeChart(props, setCursor, isTable)
  const at = cursor !== undefined && cursor < times.length ? cursor : times.length - 1
  const moment = at < 0 ? 'nothing yet' : clock(times[at])
  const said = entries.map(({ label, values }) => `${label} ${format(values[at] ?? Number.NaN)}`).join(', ')
  return (
    <figure class={isTall ? 'chart tall' : 'chart'} aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{title}</h3>
        <span class="moment">{cursor === undefined ? note : moment}</span>
        <button type="button" class="faint" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
          Table<span class="hidden"> of {title}</span>
        </button>
      </figcaption>
      {isTable ? (
        <MomentTable title={title} times={times} entries={entries} format={format} />
      ) : (
        <div
          class="plot"
          ref={root}
          role="slider"
          tabIndex={0}
          aria-label={`${title}, moment`}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, times.length - 1)}
          aria-valuenow={Math.max(0, at)}
          aria-valuetext={`${moment}: ${said || 'no values'}`}
          onKeyDown={event => press(event.key) && event.preventDefault()}
          onBlur={() => press('Escape')}
        />
      )}
      {props.legend(at)}
    </figure>
  )
}

/** The chart of an element, drawn again whenever there is something new. */
function useTimeChart(
  { data, range, identity, describe }: TimeFigureProps,
  onCursor: (index: number | undefined) => void,
  isHidden: boolean,
) {
  const root = useRef<HTMLDivElement>(null)
  const chart = useRef<TimeChart>(undefined)
  useEffect(() => {
    if (isHidden) return
    chart.current = new TimeChart(root.current!, describe, { onCursor })
    return () => {
      chart.current?.destroy()
      chart.current = undefined
    }
  }, [isHidden])
  useEffect(() => chart.current?.draw(data, range, identity, describe))
  return { root, press: (key: string) => chart.current?.press(key) ?? false }
}
