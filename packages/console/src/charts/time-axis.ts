import type uPlot from 'uplot'
import type { Theme } from './theme.ts'

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** `14:05:09` */
export function clock(seconds: number): string {
  return CLOCK.format(seconds * 1_000)
}

/** The axis below a chart: times, with seconds only where minutes would not tell them apart. */
export function timeAxis({ text, font }: Theme): uPlot.Axis {
  return {
    stroke: text,
    font,
    size: 22,
    gap: 6,
    space: 76,
    grid: { show: false },
    ticks: { show: false },
    values: (_chart, splits) => {
      const hasSeconds = splits.some(each => each % 60 !== 0)
      return splits.map(each => (hasSeconds ? clock(each) : clock(each).slice(0, 5)))
    },
  }
}

/** The axis beside a chart. */
export function valueAxis({ text, line, font }: Theme, format: (value: number) => string): uPlot.Axis {
  return {
    stroke: text,
    font,
    size: 58,
    gap: 8,
    space: 34,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    values: (_chart, splits) => splits.map(format),
  }
}
