import type { StreamDefinition } from '../../src/segment/stream.ts'
import { define } from '../publish.ts'

const boundaries = Array.from({ length: 300 }, (_, index) => index)

/** What the dying process records: large enough for several chunks of entries and of cells. */
export const DYING_STREAMS: readonly StreamDefinition[] = [
  define('dying.sum', 'COUNTER', { type: 'sum' }),
  define('dying.explicit', 'HISTOGRAM', { type: 'explicitBuckets', boundaries, recordMinMax: true }),
  define('dying.exponential', 'HISTOGRAM', {
    type: 'exponentialBuckets',
    maxSize: 8,
    negative: true,
    recordMinMax: true,
  }),
]

/** Places of the notes: how many steps there are; then two for each stream, rounds begun and rounds finished. */
export const NOTE = { steps: 0, streams: 1 } as const
export const NOTES_BYTES: number = 8 * (NOTE.streams + 2 * DYING_STREAMS.length)

export function valueIn(round: number): number {
  return 1 + round * round
}

export function paddingOf(round: number): string {
  return 'x'.repeat(round % 3 === 0 ? 900 : 100)
}
