import type { Attributes } from '@opentelemetry/api'
import { parseAttributes, type StreamDefinition, streamIdentity } from '../segment/stream.ts'
import type { Snapshot } from '../snapshot/directory-reader.ts'
import type { SegmentReader } from '../snapshot/segment-reader.ts'
import { KernelPass } from './kernel-pass.ts'
import { MergedStream } from './merged-stream.ts'

/** How far a segment has been taken in. */
interface Taken {
  streams: (MergedStream | undefined)[]
  seriesCount: number
  exemplarCount: number
  alive: boolean
}

/**
 * All streams of all writers. Follows snapshot after snapshot: only what appeared or went since the last one
 * costs more than adding floats.
 */
export class Merge {
  /** By identity, in the order in which they were first seen. */
  readonly streams: Map<string, MergedStream> = new Map()
  readonly #taken: Map<SegmentReader, Taken> = new Map()
  readonly #larger: Merge | undefined

  /** @param larger a merge of more writers: what it counts together because of a limit is counted together here. */
  constructor(larger?: Merge) {
    this.#larger = larger
  }

  /** Makes the totals those of `snapshot`, whose segments' cells it reads if that is still to be done. */
  update(snapshot: Snapshot): void {
    const present = new Set(snapshot.segments)
    if (snapshot.ledger !== undefined) present.add(snapshot.ledger)
    for (const [segment, { alive }] of this.#taken) {
      // One that died is taken in anew: what only the living say is no longer true.
      if (!present.has(segment) || alive !== segment.alive) this.#drop(segment)
    }
    for (const segment of present) this.#take(segment, segment === snapshot.ledger)
    for (const stream of this.streams.values()) stream.settle()
    for (const [segment, taken] of this.#taken) {
      this.#takeExemplars(segment, taken, segment === snapshot.ledger)
    }
    for (const [identity, stream] of this.streams) if (stream.isEmpty) this.streams.delete(identity)
    this.#addUp()
  }

  /** Segment by segment, so that each one's cells are needed only once, and read just before. */
  #addUp(): void {
    const streams = [...this.streams.values()]
    const histograms = streams.filter(({ definition }) => definition.aggregation.type === 'explicitBuckets')
    const segments = [...this.#taken]
    const kernel = KernelPass.over(histograms, Math.max(0, ...segments.map(([{ cellCount }]) => cellCount)))
    for (const stream of streams) stream.begin(kernel)
    for (const [segment, taken] of segments) {
      segment.readCells(kernel?.cells)
      for (const stream of new Set(taken.streams)) stream?.add(segment)
    }
    for (const stream of streams) stream.end()
  }

  #take(segment: SegmentReader, isLedger: boolean): void {
    let taken = this.#taken.get(segment)
    if (taken === undefined) {
      taken = { streams: [], seriesCount: 0, exemplarCount: 0, alive: segment.alive }
      this.#taken.set(segment, taken)
    }
    for (; taken.seriesCount < segment.series.length; taken.seriesCount++) {
      const series = segment.series[taken.seriesCount]
      const definition = segment.definitions[series.instrument]
      if (definition === undefined || (!isLedger && !segment.alive && !definition.keepDead)) continue
      taken.streams[series.instrument] ??= this.#streamOf(definition)
      taken.streams[series.instrument]!.link(segment, series, {
        isLedger,
        limit: definition.cardinalityLimit,
      })
    }
    for (const [instrument, stream] of taken.streams.entries())
      stream?.describe(segment.definitions[instrument]!)
  }

  #takeExemplars(segment: SegmentReader, taken: Taken, isLedger: boolean): void {
    for (; taken.exemplarCount < segment.exemplars.length; taken.exemplarCount++) {
      const exemplars = segment.exemplars[taken.exemplarCount]
      taken.streams[exemplars.instrument]?.linkExemplars(segment, exemplars, isLedger)
    }
  }

  #drop(segment: SegmentReader): void {
    this.#taken.delete(segment)
    for (const stream of this.streams.values()) stream.unlink(segment)
  }

  #streamOf(definition: StreamDefinition): MergedStream {
    const identity = streamIdentity(definition)
    let stream = this.streams.get(identity)
    if (stream === undefined) {
      stream = new MergedStream(definition, this.#larger?.streams.get(identity))
      this.streams.set(identity, stream)
    }
    return stream
  }
}

/** The resource of a service whose processes each say what they are: the attributes in which all agree. */
export function mergeResources(snapshot: Snapshot): Attributes {
  const texts = [...snapshot.segments, ...(snapshot.ledger ? [snapshot.ledger] : [])].map(
    each => each.resourceText,
  )
  const resources = [...new Set(texts)]
    .map(text => text && parseAttributes(text))
    .filter(each => typeof each === 'object')
  const [first = {}, ...others] = resources
  const agreed = Object.entries(first).filter(([key, value]) =>
    others.every(other => JSON.stringify(other[key]) === JSON.stringify(value)),
  )
  return Object.fromEntries(agreed)
}
