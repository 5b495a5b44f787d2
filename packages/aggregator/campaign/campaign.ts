/** What every campaign is told. It returns how many things it has looked at. */
export interface Surroundings {
  /** Made by the campaign, and removed at its end. */
  readonly directory: string
  readonly seed: number
  /** Told of everything that is wrong; the campaign goes on. */
  readonly failed: (what: string, error: Error) => void
}
