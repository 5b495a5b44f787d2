import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { FamilyFigure } from '../figures/family-figures.ts'
import type { LiveProps } from './app.tsx'
import { Families } from './families.tsx'
import { Section } from './section.tsx'

/** More metrics than this are shown when asked for. */
const MAX_SHOWN = 40

/** Every series of the page, by name, help or label. */
export function Search({ live }: LiveProps): JSX.Element {
  const [query, setQuery] = useState('')
  const [showsAll, setShowsAll] = useState(false)
  const { all } = live.figures.families
  const found = findFamilies(all, query)
  const shown = showsAll ? found : found.slice(0, MAX_SHOWN)
  const seriesCount = found.reduce((sum, { cardinality }) => sum + cardinality, 0)
  return (
    <Section id="series" title="All series">
      <div class="search">
        <label for="search">Search names, help and labels</label>
        <input
          id="search"
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder="route=/orders 5.. errors"
          value={query}
          onInput={event => setQuery(event.currentTarget.value)}
        />
        <p role="status">
          {found.length} metrics, {seriesCount} series
        </p>
      </div>
      <Families live={live} families={shown} />
      {found.length > shown.length && (
        <button type="button" class="quiet" onClick={() => setShowsAll(true)}>
          Show all {found.length}
        </button>
      )}
    </Section>
  )
}

/** Those that hold every word; where words are found in labels only, with those series alone. */
export function findFamilies(families: readonly FamilyFigure[], query: string): FamilyFigure[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...families]
  return families.flatMap(family => {
    const about = `${family.name} ${family.type} ${family.help}`.toLowerCase()
    const missing = words.filter(word => !about.includes(word))
    if (missing.length === 0) return [family]
    const series = family.series.filter(({ labels }) => {
      const text = plainLabels(labels)
      return missing.every(word => text.includes(word))
    })
    return series.length === 0 ? [] : [{ ...family, series, cardinality: series.length }]
  })
}

/** `route=/orders` finds `http_route="/orders"`. */
function plainLabels(labels: string): string {
  return labels.replaceAll('"', '').toLowerCase()
}
