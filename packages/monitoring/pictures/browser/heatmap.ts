/// <reference lib="dom" />
import type { FilledDashboard, FilledPanel } from '../content.ts'
import { commonOptions, timeAxis, timesOf, uPlot, valueAxis } from './chart.ts'
import { inUnit } from './units.ts'

/** A row for each bucket, the brighter the more is in it. */
export function drawHeatmap(
  { lines, unit }: FilledPanel,
  body: HTMLElement,
  range: FilledDashboard['range'],
): () => boolean {
  const used = usedRows(lines)
  const most = Math.max(1, ...used.flatMap(({ values }) => values.map(value => value ?? 0)))
  let cells = 0
  new uPlot(
    {
      ...commonOptions(body, body.clientHeight),
      scales: { x: { time: true }, y: { range: [0, used.length] } },
      axes: [
        timeAxis(),
        {
          ...valueAxis(index => boundOf(used[index - 1]?.name, unit)),
          splits: () => used.map((_, index) => index + 1).filter(index => used.length < 9 || index % 2 === 0),
        },
      ],
      series: [{}, { show: false }],
      hooks: {
        drawAxes: [
          self => {
            cells = paint(self, used, most, range.stepSeconds)
          },
        ],
      },
    } as uPlot.Options,
    [timesOf(range), used[0]?.values ?? []] as uPlot.AlignedData,
    body,
  )
  return () => cells > 0
}

/** From the first bucket that ever has something to the last. */
function usedRows(lines: FilledPanel['lines']): FilledPanel['lines'] {
  const isUsed = ({ values }: FilledPanel['lines'][number]) => values.some(value => (value ?? 0) > 0)
  return lines.slice(Math.max(0, lines.findIndex(isUsed)), lines.findLastIndex(isUsed) + 1)
}

function boundOf(bound: string | undefined, unit: string): string {
  if (bound === undefined) return ''
  return bound === '+Inf' ? 'more' : inUnit(Number(bound), unit)
}

function paint(self: uPlot, rows: FilledPanel['lines'], most: number, stepSeconds: number): number {
  const { ctx } = self
  const times = self.data[0]
  let cells = 0
  for (const [row, { values }] of rows.entries()) {
    const top = self.valToPos(row + 1, 'y', true)
    const height = self.valToPos(row, 'y', true) - top
    for (const [at, value] of values.entries()) {
      if (value === null || value <= 0) continue
      const left = self.valToPos(times[at]! - stepSeconds, 'x', true)
      // By the root, so that few still show beside many.
      const heat = Math.sqrt(value / most)
      ctx.fillStyle = `hsl(${210 - heat * 190} 80% ${22 + heat * 40}%)`
      ctx.fillRect(left, top + 0.5, self.valToPos(times[at]!, 'x', true) - left + 0.5, height - 1)
      cells++
    }
  }
  return cells
}
