import type { JSX } from 'preact'
import type { FamilyFigure, SeriesFigure } from '../figures/family-figures.ts'
import { inUnit, unitOf } from '../format/by-unit.ts'
import type { LiveProps } from './app.tsx'
import { Sparkline } from './sparkline.tsx'

/** More rows than this are found by searching. */
const MAX_ROWS = 50

/** The series of one metric, largest first. */
export function SeriesRows({ live, family }: LiveProps & { readonly family: FamilyFigure }): JSX.Element {
  const { name, shownAs, series } = family
  const from = live.nowSeconds - live.windowSeconds
  const rows = [...series].sort((a, b) => b.value - a.value).slice(0, MAX_ROWS)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
    <section class="series" aria-label={`Series of ${name}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Labels</th>
            <th scope="col">
              <span class="hidden">Course</span>
            </th>
            <th scope="col" class="number">
              {shownAs === 'rate' ? 'A second' : 'Now'}
            </th>
            <th scope="col" class="number">
              {series.some(({ sum }) => sum !== undefined) ? 'Count, mean' : 'On the page'}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const track = `series/${name}{${row.labels}}`
            return (
              <tr key={row.labels}>
                <th scope="row">{row.labels || 'no labels'}</th>
                <td>
                  <Sparkline values={live.history.values(track, from)} />
                </td>
                <td class="number">{inUnit(live.history.last(track), unitOf(name, shownAs))}</td>
                <td class="number">{onPage(name, row)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {series.length > rows.length && <p class="more">and {series.length - rows.length} more series</p>}
    </section>
  )
}

function onPage(name: string, { value, count, sum }: SeriesFigure): string {
  if (count === undefined) return inUnit(value, unitOf(name, 'value'))
  if (count === 0 || sum === undefined) return inUnit(count, 'count')
  return `${inUnit(count, 'count')}, ${inUnit(sum / count, unitOf(name, 'value'))}`
}
