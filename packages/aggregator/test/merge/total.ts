import type { Source } from '../../src/merge/arrivals.ts'
import type { MergedStream } from '../../src/merge/merged-stream.ts'

/** Adds everything up anew, as a merge does with each snapshot. */
export function total(stream: MergedStream, sources: readonly Source[]): void {
  stream.settle()
  stream.begin()
  for (const source of sources) stream.add(source)
  stream.end()
}
