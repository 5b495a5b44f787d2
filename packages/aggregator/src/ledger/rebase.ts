import type { FoldedPart } from '../segment/memory.ts'
import { onlyAdds } from '../segment/merge-policy.ts'
import { isMonotonic, isObservable, type StreamDefinition } from '../segment/stream.ts'
import { subtracterFor } from '../segment/subtract.ts'
import { SegmentReader } from '../snapshot/segment-reader.ts'

/** Takes off a writer's cells what of them is in the ledger already. */
export class Rebase implements FoldedPart {
  /** By position in the file: what was folded of a sum that is observed, and therefore comes again. */
  readonly #observed: Map<number, number> = new Map()

  /**
   * Takes off the private cells in `regions` what the file `fd` holds, and closes it. Only what outlives its writer
   * and adds up: the rest is as true in a new segment as in the old one.
   */
  takeOff(fd: number, regions: readonly Uint8Array<ArrayBuffer>[]): void {
    const folded = new SegmentReader('the folded segment', 'segment', undefined, fd)
    try {
      folded.refresh()
      for (const { instrument, slot } of folded.series) {
        const definition = folded.definitions[instrument]
        if (definition === undefined || !definition.keepDead || !addsUp(definition)) continue
        const position = folded.positionOf(slot)
        if (isSaidAnew(definition)) {
          const before = this.#observed.get(position) ?? 0
          this.#observed.set(position, before + (folded.cells[slot] || 0))
        } else {
          // What is smallest and largest stays: it is not counted twice by being there twice.
          const subtract = subtracterFor(definition.aggregation, isMonotonic(definition.kind))
          const before = { cells: folded.cells, at: slot, low: 0 }
          subtract({ ...privateCells(regions, position), low: 0 }, before)
        }
      }
    } finally {
      folded.close()
    }
  }

  /** A region as it is written out. @param begin where it is in the file. */
  without(region: Uint8Array<ArrayBuffer>, begin: number): Uint8Array {
    if (this.#observed.size === 0) return region
    const bytes = region.slice()
    const cells = new Float64Array(bytes.buffer)
    for (const [position, value] of this.#observed) {
      const at = (position - begin) / 8
      if (at >= 0 && at < cells.length) cells[at] -= value
    }
    return bytes
  }
}

function addsUp(definition: StreamDefinition): boolean {
  return definition.merge === 'sum' || onlyAdds(definition)
}

/** Whether the whole value is stored each time, not what is added to it. */
function isSaidAnew({ kind, aggregation }: StreamDefinition): boolean {
  return aggregation.type === 'lastValue' || (aggregation.type === 'sum' && isObservable(kind))
}

function privateCells(
  regions: readonly Uint8Array<ArrayBuffer>[],
  position: number,
): { cells: Float64Array; at: number } {
  let begin = 0
  for (const region of regions) {
    if (position < begin + region.length)
      return { cells: new Float64Array(region.buffer), at: (position - begin) / 8 }
    begin += region.length
  }
  throw new Error(`the folded segment is longer than ${begin} bytes`)
}
