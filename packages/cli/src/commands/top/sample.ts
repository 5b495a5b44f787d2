import { parsePage, type WorkersAt } from '@tutti/console'
import type { Given } from '../../arguments/given.ts'
import { pageReader } from '../../source/read-page.ts'
import type { Source } from '../../source/source.ts'
import { WriterReader } from './writers.ts'

/** Everything at one moment. */
export type Sample = WorkersAt

export interface Sampler {
  /** Rejects with `Failure` while the source is away. */
  sample(): Promise<Sample>
  close(): void
}

export function sampler(source: Source, given: Given): Sampler {
  const read = pageReader(source, given)
  const writers = source.kind === 'directory' ? new WriterReader(source.directory) : undefined
  return {
    async sample() {
      const text = await read()
      return { timeMs: performance.now(), page: parsePage(text), writers: writers?.read() ?? new Map() }
    },
    close: () => writers?.close(),
  }
}
