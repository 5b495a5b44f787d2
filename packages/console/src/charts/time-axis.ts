import type uPlot from 'uplot'
import type { Theme } from './theme.ts'

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** `14:05:09` */
export function clock(seconds: number): string {
  return CLOCK.format(seconds * 1_000)
}

/** In pixels. */
const HALF_LABEL = 20

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
    values: (chart, splits) => {
      const hasSeconds = splits.some(each => each % 60 !== 0)
      return splits.map(each => {
        // What would not fit beside the edge is left out.
        if (chart.valToPos(each, 'x') > chart.over.clientWidth - HALF_LABEL) return ''
        return hasSeconds ? clock(each) : clock(each).slice(0, 5)
      })
    },
  }
}

/** Of the font of the axes, in pixels. */
const DIGIT_WIDTH = 6.2

/** The axis beside a chart, as wide as what stands on it. */
export function valueAxis({ text, line, font }: Theme, format: (value: number) => string): uPlot.Axis {
  return {
    stroke: text,
    font,
    size: (_chart, values) => widest(values) * DIGIT_WIDTH + 16,
    gap: 8,
    space: 34,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    values: (_chart, splits) => splits.map(format),
  }
}

function widest(values: readonly string[] | null): number {
  return Math.max(4, ...(values ?? []).map(({ length }) => length))
}
