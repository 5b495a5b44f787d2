import type { Merge } from '../merge/merge.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import type { CompactSeries } from './compact-series.ts'
import { canBeDelta, noTotals, takeDelta } from './delta.ts'
import type { Exported } from './exported-file.ts'
import { ExportedStream } from './exported-stream.ts'

/** One reader's deltas: everything that is counted is in exactly one of them. */
export class Deltas {
  readonly exported: Exported

  /** @param exported what was exported before, by this process or another one. */
  constructor(exported: Exported = { streams: new Map(), untilMs: undefined }) {
    this.exported = exported
  }

  /** Deltas that begin with what is counted from now on. */
  static from({ streams }: Merge): Deltas {
    const deltas = new Deltas()
    for (const [identity, stream] of streams) {
      if (canBeDelta(stream.definition)) deltas.take(identity, stream, 0)
    }
    return deltas
  }

  /** What was counted in a stream since the last time. */
  take(identity: string, stream: MergedStream, sinceMs: number): CompactSeries {
    const { streams } = this.exported
    let exported = streams.get(identity)
    if (exported === undefined) {
      exported = new ExportedStream(stream.definition)
      streams.set(identity, exported)
    }
    return takeDelta(stream, exported, sinceMs)
  }

  /** What is to be taken back of streams whose last writer is gone. */
  takeGone({ streams }: Merge, sinceMs: number): CompactSeries[] {
    const gone = [...this.exported.streams].filter(([identity]) => !streams.has(identity))
    return gone.map(([, exported]) => takeDelta(noTotals(exported), exported, sinceMs))
  }
}
