import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Panel, Section } from '../catalog/panel.ts'
import { PANELS } from '../catalog/panels.ts'
import { Colors } from '../charts/colors.ts'
import type { Live } from '../live.ts'
import { findFamily } from '../page/find-family.ts'
import type { LiveProps } from './app.tsx'
import { LineFigure } from './line-figure.tsx'
import { linesOf, shownTime } from './lines-of.ts'

/** The charts of a section whose metrics are on the page. */
export function Panels({ live, section }: LiveProps & { readonly section: Section }): JSX.Element {
  return (
    <div class="charts">
      {panelsOf(live, section).map(panel => (
        <PanelFigure key={panel.id} live={live} panel={panel} />
      ))}
    </div>
  )
}

export function hasPanels(live: Live, section: Section): boolean {
  return panelsOf(live, section).length > 0
}

function panelsOf({ page }: Live, section: Section): Panel[] {
  return PANELS.filter(
    panel => panel.section === section && (findFamily(page, panel.family)?.samples.length ?? 0) > 0,
  )
}

function PanelFigure({ live, panel }: LiveProps & { readonly panel: Panel }): JSX.Element {
  const colors = useRef(new Colors())
  // Failures are few: those that did not happen are no lines.
  const isRare = panel.shows === 'partRate'
  const { lines, hiddenCount } = linesOf(live, `panel/${panel.id}/`, colors.current, isRare)
  return (
    <LineFigure
      title={panel.title}
      unit={panel.unit}
      {...shownTime(live)}
      lines={lines}
      hiddenCount={hiddenCount}
      without={isRare ? 'none in this time' : 'nothing in this time'}
    />
  )
}
