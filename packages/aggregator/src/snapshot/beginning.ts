import type { Beginning } from '../segment/writer.ts'
import type { Snapshot } from './directory-reader.ts'

/**
 * When the first writer of a run began, dead or alive, by both clocks. It is the same for every reader for as long as
 * the run lasts, whatever becomes of that writer and of the wall clock. Undefined when nobody says so.
 */
export function beginningOf({
  segments,
  ledger,
}: Pick<Snapshot, 'segments' | 'ledger'>): Beginning | undefined {
  const sources = ledger === undefined ? segments : [...segments, ledger]
  // Zero is what one that is just being born, or a writer of an older version, has there.
  const known = sources.filter(({ beganUs, beganMs }) => beganUs > 0 && beganMs > 0)
  if (known.length === 0) return undefined
  return known.reduce((first, each) => (each.beganUs < first.beganUs ? each : first))
}
