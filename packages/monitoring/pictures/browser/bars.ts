/// <reference lib="dom" />
import type { FilledPanel } from '../content.ts'
import { colourOf } from './colours.ts'
import { element } from './element.ts'
import { inUnit } from './units.ts'

/** A bar for the last value of each line, as long as its part of the largest; of a share, of all. */
export function drawBars({ lines, unit, steps }: FilledPanel, body: HTMLElement): () => boolean {
  const bars = lines.map(({ name, values }) => ({ name, value: values.findLast(each => each !== null) ?? 0 }))
  const full = unit === 'percentunit' ? 1 : Math.max(...bars.map(({ value }) => value))
  body.classList.add('bars')
  const drawn = bars.map(({ name, value }) => {
    const row = element('div', 'bar')
    const track = element('div', 'track')
    const part = element('div', 'part')
    part.style.width = `${Math.min(100, Math.max(0.5, (value / full) * 100))}%`
    part.style.background = colourOf(value, steps)
    const text = element('strong', '', inUnit(value, unit))
    text.style.color = colourOf(value, steps)
    track.append(part)
    row.append(element('span', '', name), track, text)
    body.append(row)
    return part
  })
  return () => drawn.every(part => part.offsetWidth > 0)
}
