import { describeMostVaried } from '../series/most-varied-attribute.ts'
import type { Merge } from './merge.ts'
import type { MergedSeries } from './merged-series.ts'
import type { MergedStream } from './merged-stream.ts'

/** Says once of each instrument that all writers together have more series of it than the limit. */
export class OverflowWarnings {
  readonly #warn: (line: string) => void
  readonly #warned: Set<string> = new Set()

  constructor(warn: (line: string) => void) {
    this.#warn = warn
  }

  look({ streams }: Merge): void {
    for (const stream of streams.values()) {
      const { name } = stream.definition
      if (stream.joinedCount === 0 || this.#warned.has(name)) continue
      this.#warned.add(name)
      this.#warn(
        `${name} has more than ${stream.limit} series over all workers: further sets of attributes are counted ` +
          `together under otel.metric.overflow="true".${describeMostVaried(textsOf(stream))} Leave out what holds ` +
          'an id, or raise the limit with TUTTI_CARDINALITY_LIMIT.',
      )
    }
  }
}

function textsOf({ series }: MergedStream): string[] {
  return series.filter((each): each is MergedSeries => each !== undefined).map(({ text }) => text)
}
