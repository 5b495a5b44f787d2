import type { Merge } from '../../src/merge/merge.ts'
import type { Snapshot } from '../../src/snapshot/directory-reader.ts'

/** A few series of a fresh stream have room for some more. */
const STREAM_BYTES = 16_384
const BYTES_A_BYTE = 40
const PAGE_BYTES_A_BYTE = 400

/** Memory must follow from what is in the files, not from what they say is in them. */
export function expectBounded(snapshot: Snapshot, merge: Merge, pageBytes: number, fileBytes: number): void {
  const readers = [...snapshot.segments, ...(snapshot.ledger ? [snapshot.ledger] : [])]
  let cellBytes = 0
  let entries = 0
  for (const { cells, series, exemplars, folded, definitions } of readers) {
    cellBytes += cells.byteLength
    entries += series.length + exemplars.length + folded.size + Object.keys(definitions).length
    for (const { slot, cellCount } of [...series, ...exemplars]) {
      if (slot + cellCount > cells.length)
        throw new Error(`cells ${slot} to ${slot + cellCount} of ${cells.length}`)
    }
  }
  let totalBytes = 0
  for (const { totals, lows } of merge.streams.values()) totalBytes += totals.byteLength + lows.byteLength
  const limits: [string, number, number][] = [
    ['cells', cellBytes, 2 * fileBytes],
    ['entries', entries, fileBytes / 32],
    ['totals', totalBytes, BYTES_A_BYTE * fileBytes + STREAM_BYTES * merge.streams.size],
    ['the page', pageBytes, PAGE_BYTES_A_BYTE * fileBytes],
  ]
  for (const [what, got, limit] of limits) {
    if (got > limit) throw new Error(`${got} ${what} from ${fileBytes} bytes of files, more than ${limit}`)
  }
}
