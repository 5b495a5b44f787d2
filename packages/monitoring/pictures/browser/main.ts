/// <reference lib="dom" />
import type { FilledDashboard, FilledPanel } from '../content.ts'
import { drawBars } from './bars.ts'
import { element } from './element.ts'
import { drawHeatmap } from './heatmap.ts'
import { drawLines } from './lines.ts'
import { drawStat } from './stat.ts'
import { drawTable } from './table.ts'

type State = 'drawn' | 'empty' | 'blank'

/** Draws a dashboard in place of the one before; says of each panel whether there is something to be seen. */
async function drawDashboard(dashboard: FilledDashboard): Promise<{ title: string; state: State }[]> {
  const main = document.querySelector('#dashboard')!
  main.replaceChildren(header(dashboard))
  const grid = element('section', 'grid')
  main.append(grid)
  const finished = dashboard.panels.map(panel => {
    const box = element('article', panel.kind === 'row' ? 'row' : 'panel')
    const { x, y, w, h } = panel.place
    box.style.gridArea = `${y + 1} / ${x + 1} / ${y + 1 + h} / ${x + 1 + w}`
    box.append(element('h2', '', panel.title))
    grid.append(box)
    return { panel, box }
  })
  const states: { title: string; state: () => State }[] = []
  for (const { panel, box } of finished) {
    if (panel.kind === 'row') continue
    states.push({ title: panel.title, state: drawPanel(panel, box, dashboard) })
  }
  // uPlot draws when the browser is ready for a frame.
  await new Promise(resolve => setTimeout(resolve, 100))
  return states.map(({ title, state }) => ({ title, state: state() }))
}

const kinds = {
  timeseries: drawLines,
  stat: drawStat,
  heatmap: drawHeatmap,
  table: drawTable,
  bargauge: drawBars,
}

function drawPanel(panel: FilledPanel, box: HTMLElement, { range }: FilledDashboard): () => State {
  const body = element('div', 'body')
  box.append(body)
  if (panel.lines.every(({ values }) => values.every(value => value === null))) {
    body.append(element('p', 'empty', 'No data'))
    return () => 'empty'
  }
  if (panel.kind === 'row') return () => 'drawn'
  const isSeen = kinds[panel.kind](panel, body, range)
  return () => (isSeen() ? 'drawn' : 'blank')
}

function header({ title, description, range }: FilledDashboard): HTMLElement {
  const head = element('header')
  const time = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(11, 19)
  const when = `${time(range.startSeconds)} to ${time(range.endSeconds)} UTC`
  head.append(element('h1', '', title), element('p', '', description), element('time', '', when))
  return head
}

Object.assign(globalThis, { drawDashboard })
