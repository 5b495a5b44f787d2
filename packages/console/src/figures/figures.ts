import type { WorkersAt } from '../rates/workers.ts'
import { FamilyFigures } from './family-figures.ts'
import { PanelFigures } from './panel-figures.ts'
import { RouteFigures } from './route-figures.ts'

/** Numbers by the name of the track that keeps them. */
export type Tracks = Map<string, number>

/** From one page after the other: what came between them, as numbers for the history. */
export class Figures {
  readonly routes: RouteFigures = new RouteFigures()
  readonly panels: PanelFigures = new PanelFigures()
  readonly families: FamilyFigures = new FamilyFigures()

  look(now: WorkersAt): Tracks {
    const tracks: Tracks = new Map()
    this.routes.look(now, tracks)
    this.panels.look(now, tracks)
    this.families.look(now, tracks)
    return tracks
  }
}
