/// <reference lib="dom" />
import type { FilledDashboard, FilledPanel } from '../content.ts'
import { commonOptions, timesOf, uPlot } from './chart.ts'
import { colourOf } from './colours.ts'
import { element } from './element.ts'
import { inUnit } from './units.ts'

/** The last value of each line, large, before the course that led to it. */
export function drawStat(
  { lines, unit, steps }: FilledPanel,
  body: HTMLElement,
  range: FilledDashboard['range'],
): () => boolean {
  body.classList.add('stats')
  const texts = lines.map(({ name, values }) => {
    const last = values.findLast(value => value !== null) ?? 0
    const colour = colourOf(last, steps)
    const box = element('div', 'stat')
    body.append(box)
    const text = element('strong', '', inUnit(last, unit))
    text.style.color = colour
    box.append(text)
    if (lines.length > 1) box.append(element('span', '', name))
    new uPlot(
      {
        ...commonOptions(box, Math.min(64, box.clientHeight * 0.4)),
        padding: [2, 0, 0, 0],
        scales: { x: { time: true }, y: { range: (_self, least, most) => [Math.min(0, least), most || 1] } },
        axes: [{ show: false }, { show: false }],
        series: [{}, { stroke: colour, fill: `${colour}30`, width: 1, points: { show: false } }],
      },
      [timesOf(range), values] as uPlot.AlignedData,
      box,
    )
    return text
  })
  return () => texts.every(text => text.offsetWidth > 0 && text.textContent !== '')
}
