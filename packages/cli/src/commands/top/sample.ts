import { parsePage, type WorkersAt } from '@tutti/console'
import type { Given } from '../../arguments/given.ts'
import { pageReader } from '../../source/read-page.ts'
import type { Source } from '../../source/source.ts'
import { tokenOf } from '../../source/token.ts'
import { EndpointWriters } from './endpoint-writers.ts'
import { SegmentWriters } from './segment-writers.ts'
import type { Writers } from './writers.ts'

/** Everything at one moment. */
export type Sample = WorkersAt

export interface Sampler {
  /** Rejects with `Failure` while the source is away. */
  sample(): Promise<Sample>
  close(): void
}

export function sampler(source: Source, given: Given): Sampler {
  const read = pageReader(source, given)
  const writers = writersOf(source, given)
  return {
    async sample() {
      const text = await read()
      const figures = await writers?.read()
      return { timeMs: performance.now(), page: parsePage(text), writers: figures ?? new Map() }
    },
    close: () => writers?.close(),
  }
}

function writersOf(source: Source, given: Given): Writers | undefined {
  if (source.kind === 'directory') return new SegmentWriters(source.directory)
  return source.kind === 'url' ? new EndpointWriters(source.url, tokenOf(given)) : undefined
}
