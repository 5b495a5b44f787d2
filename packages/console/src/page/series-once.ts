import type { Family } from './page.ts'
import { type Series, seriesOf } from './series.ts'

const KNOWN: WeakMap<Family, readonly Series[]> = new WeakMap()

/** The series of a family that does not change any more: found once, however many ask. */
export function seriesOnce(family: Family): readonly Series[] {
  const known = KNOWN.get(family) ?? seriesOf(family)
  KNOWN.set(family, known)
  return known
}
