import type { JSX } from 'preact'
import { isBusiness } from '../catalog/business.ts'
import { SECTIONS } from '../catalog/sections.ts'
import type { Live } from '../live.ts'
import { Families } from './families.tsx'
import { Header } from './header.tsx'
import { hasPanels, Panels } from './panels.tsx'
import { Search } from './search.tsx'
import { Section } from './section.tsx'
import { Summary } from './summary.tsx'
import { Traffic } from './traffic.tsx'
import { useLive } from './use-live.ts'
import { Workers } from './workers.tsx'

export interface LiveProps {
  readonly live: Live
}

/** The whole page, in the order in which people ask: is it well, what is slow, who is stuck, why. */
export function App({ live }: LiveProps): JSX.Element {
  useLive(live)
  const shown = SECTIONS.filter(({ id }) => hasPanels(live, id))
  const business = live.figures.families.all.filter(({ name }) => isBusiness(name))
  const links = [
    { id: 'traffic', title: 'Traffic' },
    { id: 'workers', title: 'Workers' },
    ...shown,
    ...(business.length > 0 ? [{ id: 'business', title: 'Business' }] : []),
    { id: 'series', title: 'All series' },
  ]
  return (
    <>
      <Header live={live} links={links} />
      <main>
        <Summary live={live} />
        <Traffic live={live} />
        <Workers live={live} />
        {shown.map(({ id, title }) => (
          <Section key={id} id={id} title={title}>
            <Panels live={live} section={id} />
          </Section>
        ))}
        {business.length > 0 && (
          <Section id="business" title="Business" note={`${business.length} metrics of the service's own`}>
            <Families live={live} families={business} />
          </Section>
        )}
        <Search live={live} />
      </main>
    </>
  )
}
