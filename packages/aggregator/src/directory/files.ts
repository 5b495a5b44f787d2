/**
 * The names in a directory. All else in there is somebody else's and left alone.
 *
 * ```
 * 0.segment, 1.segment ...   one a writer, named by its worker number
 * ledger                     the totals of the dead
 * new-*                      a segment or ledger that is being made; named into place when it is whole
 * join.lock, fold.lock, exposer.lock, push.lock   held while joining, folding, exposing, pushing
 * exposer                    where the elected exposer listens
 * exported-0, exported-1 ... one a push reader with deltas: the totals that it has exported
 * ```
 */
export const LEDGER = 'ledger'
export const JOIN_LOCK = 'join.lock'
export const FOLD_LOCK = 'fold.lock'
export const EXPOSER_LOCK = 'exposer.lock'
export const PUSH_LOCK = 'push.lock'
export const EXPOSER_ADDRESS = 'exposer'
export const EXPORTED_PREFIX = 'exported-'
export const NEWBORN_PREFIX = 'new-'

/** Worker numbers are small and reused; this many writers may live in one directory. */
export const MAX_WORKERS = 4096

export function segmentName(worker: number): string {
  return `${worker}.segment`
}

const SEGMENT = /^(\d{1,4})\.segment$/

/** The worker number in a segment's name, or undefined when the name is not a segment's. */
export function workerOf(name: string): number | undefined {
  const match = SEGMENT.exec(name)
  if (match === null) return undefined
  const worker = Number(match[1])
  return worker < MAX_WORKERS && segmentName(worker) === name ? worker : undefined
}
