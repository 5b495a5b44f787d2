import {
  EXPONENTIAL,
  firstExponentialCells,
  intentCell,
  MAX_SCALE,
  MIN_SCALE,
} from '../segment/exponential-cells.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import type { SeriesEntry } from './entry-reader.ts'

interface Segment {
  readonly definitions: readonly (StreamDefinition | undefined)[]
  readonly series: readonly SeriesEntry[]
  readonly cells: Float64Array
}

/**
 * A writer reduces a series' scale at most this often in its life, and it takes two reductions during one read to
 * spoil it: who has read more often than that does not have a writer before him, but a damaged file.
 */
const MAX_ATTEMPTS = Math.ceil((MAX_SCALE - MIN_SCALE) / 2) + 1

/**
 * Reads those exponential histograms again whose buckets were overwritten while they were read: `intent` is two or
 * more ahead of `generation` (see segment/exponential-cells.ts). Returns what is wrong if that never ends; such a
 * series then shows nothing rather than something wrong.
 */
export function rereadExponential(
  { definitions, series, cells }: Segment,
  read: (slot: number, target: Float64Array) => void,
): string | undefined {
  if (!definitions.some(each => each?.aggregation.type === 'exponentialBuckets')) return undefined
  let damage: string | undefined
  for (const { instrument, slot, cellCount } of series) {
    const aggregation = definitions[instrument]?.aggregation
    if (aggregation?.type !== 'exponentialBuckets') continue
    const intent = slot + intentCell(aggregation)
    const isWhole = () => cells[intent] - cells[slot + EXPONENTIAL.generation] <= 1
    for (let attempt = 0; !isWhole() && attempt < MAX_ATTEMPTS; attempt++)
      read(slot, cells.subarray(slot, slot + cellCount))
    if (isWhole()) continue
    cells.set(firstExponentialCells(aggregation), slot)
    damage = 'an exponential histogram in it changes over without end'
  }
  return damage
}
