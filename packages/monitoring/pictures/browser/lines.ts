/// <reference lib="dom" />
import type { FilledDashboard, FilledPanel } from '../content.ts'
import { commonOptions, timeAxis, timesOf, uPlot, valueAxis } from './chart.ts'
import { colourAt, colourOf, shows } from './colours.ts'
import { element } from './element.ts'
import { inUnit } from './units.ts'

const legendRowPixels = 17
/** A legend takes no more than this part of a panel. */
const legendShare = 0.44

/** Lines over time with a legend of last and largest values; stacked, each on those before it. */
export function drawLines(
  panel: FilledPanel,
  body: HTMLElement,
  range: FilledDashboard['range'],
): () => boolean {
  const { lines, unit, isStacked, steps, showsThresholds } = panel
  const values = isStacked ? stacked(lines.map(line => line.values)) : lines.map(line => line.values)
  const largest = Math.max(0, ...values.flat().filter(value => value !== null))
  const limits = showsThresholds ? steps.flatMap(({ value }) => value ?? []) : []
  const legend = legendOf(panel, Math.floor((body.clientHeight * legendShare) / legendRowPixels) - 1)
  body.append(legend)
  const chart = new uPlot(
    {
      ...commonOptions(body, body.clientHeight - legend.offsetHeight),
      scales: { x: { time: true }, y: { range: scaleOf(values, largest, limits) } },
      axes: [timeAxis(), valueAxis(value => inUnit(value, unit), unit)],
      // Of a stack the highest is drawn first, so that what is below it shows.
      series: [
        {},
        ...values.map((_, index) => ({
          // Two pixels: one of them is wholly its own, also where the axis cuts off the other and lines lie below it.
          ...{ stroke: colourAt(index), width: 2, spanGaps: false, points: { show: false } },
          fill: `${colourAt(index)}${isStacked ? '50' : '1a'}`,
        })),
      ],
      ...(isStacked && { bands: values.slice(1).map((_, index) => ({ series: [index + 2, index + 1] })) }),
      hooks: { draw: [self => dashLimits(self, panel, limits)] },
    } as uPlot.Options,
    [timesOf(range), ...values] as uPlot.AlignedData,
    body,
  )
  body.prepend(chart.root)
  return () => lines.some((_, index) => shows(chart.ctx.canvas, colourAt(index)))
}

function stacked(lines: (number | null)[][]): (number | null)[][] {
  const below = new Array<number>(lines[0]?.length ?? 0).fill(0)
  return lines.map(line =>
    line.map((value, index) => {
      below[index]! += value ?? 0
      return value === null ? null : below[index]!
    }),
  )
}

/** From zero, or from what is less; a threshold that is near is within. */
function scaleOf(values: (number | null)[][], largest: number, limits: number[]): [number, number] {
  const least = Math.min(0, ...values.flat().filter(value => value !== null))
  const near = limits.filter(limit => limit <= largest * 1.5)
  const top = Math.max(largest, ...near) * 1.08
  return [least * 1.08, top > 0 ? top : 1]
}

function dashLimits(self: uPlot, { steps }: FilledPanel, limits: number[]): void {
  const { ctx, bbox } = self
  ctx.save()
  ctx.setLineDash([8, 6])
  for (const limit of limits) {
    const y = self.valToPos(limit, 'y', true)
    if (y < bbox.top) continue
    ctx.strokeStyle = colourOf(limit, steps)
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
  }
  ctx.restore()
}

function legendOf({ lines, unit }: FilledPanel, rowsLimit: number): HTMLElement {
  const table = element('table', 'legend')
  const head = element('tr')
  head.append(element('th', '', 'Name'), element('th', 'number', 'Last'), element('th', 'number', 'Max'))
  table.append(head)
  const shown = lines.length > rowsLimit ? Math.max(1, rowsLimit - 1) : lines.length
  const rows = lines.map(({ name, values }, index) => {
    const known = values.filter(value => value !== null)
    return { name, index, known, max: Math.max(...known) }
  })
  // As the dashboards have it.
  rows.sort((a, b) => b.max - a.max)
  for (const { name, index, known } of rows.slice(0, shown)) {
    const row = element('tr')
    const cell = element('td')
    const mark = element('i')
    mark.style.background = colourAt(index)
    cell.append(mark, name || 'value')
    const numbers = [known.at(-1), known.length > 0 ? Math.max(...known) : undefined]
    row.append(cell)
    for (const number of numbers)
      row.append(element('td', 'number', number === undefined ? '' : inUnit(number, unit)))
    table.append(row)
  }
  if (shown < lines.length) {
    const row = element('tr')
    row.append(element('td', 'more', `and ${lines.length - shown} more`))
    table.append(row)
  }
  return table
}
