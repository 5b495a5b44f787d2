import type uPlot from 'uplot'
import type { Theme } from './theme.ts'
import { timeAxis, valueAxis } from './time-axis.ts'
import type { Describe } from './time-chart.ts'

/** One line of a chart. */
export interface Line {
  readonly label: string
  /** As many as there are times; NaN is a gap. */
  readonly values: ArrayLike<number>
  /** Which of the theme's colours it has. */
  readonly color: number
}

/** What values are. */
export interface ValueScale {
  readonly format: (value: number) => string
  /** Whether round numbers are powers of two, as those of bytes are. */
  readonly isBinary?: boolean
}

const POWERS_OF_TWO = Array.from({ length: 50 }, (_, power) => 2 ** power)

/** Lines over time, from zero up. A single line has a tint below it. */
export function describeLines(lines: readonly Line[], { format, isBinary = false }: ValueScale): Describe {
  return theme => ({
    axes: [
      timeAxis(theme),
      {
        ...valueAxis(theme, format),
        ...(isBinary && { incrs: POWERS_OF_TWO }),
        ...(lines.length === 0 && { splits: [0] }),
      },
    ],
    scales: { y: { range: (_chart, _min, max) => [0, topOf(max)] } },
    series: [{}, ...lines.map(line => seriesOf(line, theme, lines.length === 1))],
  })
}

/** What uPlot draws: times, then the values of each line. */
export function lineData(times: ArrayLike<number>, lines: readonly Line[]): uPlot.AlignedData {
  return [Array.from(times), ...lines.map(({ values }) => Array.from(values, orGap))]
}

function orGap(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

/** Room above the highest value, and something to see where all are zero. */
function topOf(max: number | null): number {
  return max !== null && max > 0 ? max * 1.12 : 1
}

function seriesOf({ label, color }: Line, theme: Theme, isAlone: boolean): uPlot.Series {
  const stroke = theme.series[color] ?? theme.series.at(-1)!
  return {
    label,
    stroke,
    width: 1.5,
    points: { show: false },
    ...(isAlone && { fill: `${stroke}1f` }),
  }
}
