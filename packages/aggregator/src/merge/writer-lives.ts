import { STATE } from '../segment/layout.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'
import type { SegmentReader } from '../snapshot/segment-reader.ts'

/** How many writers a run has had, and what became of them. */
export interface WriterLives {
  readonly living: readonly SegmentReader[]
  readonly starts: number
  /** Ended in order. */
  readonly ended: number
  /** Ended without saying so: killed, crashed, out of memory. */
  readonly killed: number
  /** Of the ended and killed: those whose totals are in the ledger by now. */
  readonly folded: number
}

/** Counts the writers of a run: those that are there, and those that the ledger remembers. */
export function writerLives(snapshot: Snapshot): WriterLives {
  const { segments, ledger } = snapshot
  const living = segments.filter(each => each.alive)
  const { foldedEnded: ended, foldedKilled: killed } = countFolded(snapshot)
  const folded = (ledger?.foldedEnded ?? 0) + (ledger?.foldedKilled ?? 0)
  return { living, ended, killed, folded, starts: living.length + ended + killed }
}

/** What a ledger says that the dead of a snapshot are folded into. */
export function countFolded({ segments, ledger }: Pick<Snapshot, 'segments' | 'ledger'>): {
  foldedEnded: number
  foldedKilled: number
} {
  const dead = segments.filter(each => !each.alive)
  const ended = dead.filter(each => each.state === STATE.ended).length
  return {
    foldedEnded: (ledger?.foldedEnded ?? 0) + ended,
    foldedKilled: (ledger?.foldedKilled ?? 0) + dead.length - ended,
  }
}
