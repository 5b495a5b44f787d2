import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { FamilyFigure } from '../figures/family-figures.ts'
import { inUnit, unitOf } from '../format/by-unit.ts'
import type { LiveProps } from './app.tsx'
import { SeriesRows } from './series-rows.tsx'
import { Sparkline } from './sparkline.tsx'

interface FamiliesProps extends LiveProps {
  readonly families: readonly FamilyFigure[]
}

/** A row a metric: what it is now and how it was; open, all its series. */
export function Families({ live, families }: FamiliesProps): JSX.Element {
  return (
    <ul class="families">
      {families.map(family => (
        <FamilyItem key={family.name} live={live} family={family} />
      ))}
    </ul>
  )
}

function FamilyItem({ live, family }: LiveProps & { readonly family: FamilyFigure }): JSX.Element {
  const [isOpen, setIsOpen] = useState(false)
  const { name, type, help, cardinality, shownAs } = family
  const from = live.nowSeconds - live.windowSeconds
  const now = live.history.last(`family/${name}`)
  return (
    <li data-family={name}>
      <details onToggle={event => setIsOpen(event.currentTarget.open)}>
        <summary>
          <span class="name">{name}</span>
          <span class="type">{type}</span>
          <span class="cardinality">{cardinality === 1 ? '1 series' : `${cardinality} series`}</span>
          <Sparkline values={live.history.values(`family/${name}`, from)} />
          <span class="value">{inUnit(now, unitOf(name, shownAs))}</span>
          <span class="help">{help}</span>
        </summary>
        {isOpen && <SeriesRows live={live} family={family} />}
      </details>
    </li>
  )
}
