import type { JSX } from 'preact'
import { describeLines, type Line, lineData } from '../charts/line-chart.ts'
import { inUnit, type Unit } from '../format/by-unit.ts'
import { TimeFigure } from './time-figure.tsx'

interface LineFigureProps {
  readonly title: string
  readonly unit: Unit
  readonly times: Float64Array
  readonly range: [number, number]
  readonly lines: readonly Line[]
  /** How many lines there was no room for. */
  readonly hiddenCount?: number
  /** What is said when there is no line. */
  readonly without?: string
}

export function LineFigure({
  title,
  unit,
  times,
  range,
  lines,
  hiddenCount = 0,
  without = 'nothing yet',
}: LineFigureProps): JSX.Element {
  const format = (value: number) => inUnit(value, unit)
  return (
    <TimeFigure
      title={title}
      times={times}
      range={range}
      entries={lines}
      format={format}
      data={lineData(times, lines)}
      describe={describeLines(lines, { format, isBinary: unit === 'bytes' })}
      identity={JSON.stringify(lines.map(({ label, color }) => [label, color]))}
      legend={at => (
        <ul class="legend">
          {lines.map(({ label, color, values }) => (
            <li key={label}>
              <span class={`swatch color-${color + 1}`} aria-hidden="true" />
              <span class="label" title={label}>
                {label}
              </span>
              <span class="value" data-value={values[at]}>
                {format(values[at] ?? Number.NaN)}
              </span>
            </li>
          ))}
          {hiddenCount > 0 && <li class="more">and {hiddenCount} more</li>}
          {lines.length === 0 && <li class="more">{without}</li>}
        </ul>
      )}
    />
  )
}
