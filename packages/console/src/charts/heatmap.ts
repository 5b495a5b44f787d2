import type uPlot from 'uplot'
import type { Theme } from './theme.ts'
import { timeAxis, valueAxis } from './time-axis.ts'
import type { Describe } from './time-chart.ts'

/** One bucket of histograms over time. */
export interface HeatRow {
  /** Values in it are at most this. */
  readonly upTo: number
  /** How many came with each look; NaN is none. */
  readonly counts: ArrayLike<number>
}

/** Buckets over time, the fuller the stronger. Rows are as high as each other, whatever their boundaries. */
export function describeHeat(rows: readonly HeatRow[], format: (value: number) => string): Describe {
  return theme => ({
    axes: [timeAxis(theme), boundaryAxis(rows, theme, format)],
    scales: { y: { range: [0, Math.max(1, rows.length)] } },
    series: [{}, ...rows.map(() => ({ paths: () => null, points: { show: false } }))],
    hooks: { draw: [chart => drawCells(chart, theme)] },
  })
}

/** What is drawn: times, then the counts of each row. */
export function heatData(times: ArrayLike<number>, rows: readonly HeatRow[]): uPlot.AlignedData {
  return [Array.from(times), ...rows.map(({ counts }) => Array.from(counts))]
}

export function fullest(rows: Iterable<ArrayLike<unknown>>): number {
  let most = 0
  for (const counts of rows)
    for (let at = 0; at < counts.length; at++) {
      const count = Number(counts[at])
      if (count > most) most = count
    }
  return most
}

/** Boundaries stand between rows. */
function boundaryAxis(rows: readonly HeatRow[], theme: Theme, format: (value: number) => string): uPlot.Axis {
  const step = rows.length > 9 ? 2 : 1
  return {
    ...valueAxis(theme, format),
    grid: { show: false },
    splits: () =>
      rows.flatMap((_, at) => (at % step === 0 && Number.isFinite(rows[at].upTo) ? [at + 1] : [])),
    values: (_chart, splits) => splits.map(split => format(rows[split - 1].upTo)),
  }
}

function drawCells(chart: uPlot, theme: Theme): void {
  const { ctx, bbox } = chart
  const [times, ...rows] = chart.data
  const most = fullest(rows)
  const usual = usualStep(times)
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (let at = 0; at < times.length; at++) {
    // A look tells of the time since the one before; after a break only of the usual time.
    const from = at > 0 && times[at] - times[at - 1] < usual * 3 ? times[at - 1] : times[at] - usual
    const left = Math.floor(chart.valToPos(from, 'x', true))
    const right = Math.floor(chart.valToPos(times[at], 'x', true))
    for (let row = 0; row < rows.length; row++) {
      const count = rows[row][at] ?? 0
      if (!(count > 0)) continue
      const top = Math.round(chart.valToPos(row + 1, 'y', true))
      const bottom = Math.round(chart.valToPos(row, 'y', true))
      ctx.fillStyle = colorOf(count / most, theme)
      ctx.fillRect(left, top + 1, Math.max(1, right - left), Math.max(1, bottom - top - 1))
    }
  }
  ctx.restore()
}

/** By the square root: few are seen beside many. */
function colorOf(share: number, { heat }: Theme): string {
  return heat[Math.min(heat.length - 1, Math.floor(Math.sqrt(share) * heat.length))]
}

function usualStep(times: ArrayLike<number>): number {
  const steps = Array.from({ length: Math.max(0, times.length - 1) }, (_, at) => times[at + 1] - times[at])
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 1
}
