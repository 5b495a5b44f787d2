import { SegmentReader } from '../snapshot/segment-reader.ts'
import type { Aggregation } from './aggregation.ts'
import {
  BANK,
  bucketPlace,
  EXPONENTIAL,
  type ExponentialSize,
  RANGE,
  rangeCount,
} from './exponential-cells.ts'
import { bankAt, isEmptyRange, rangeAt, reduce } from './exponential-range.ts'
import { onlyAdds } from './merge-policy.ts'
import { isObservable, type StreamDefinition } from './stream.ts'

/** Takes off a writer's cells what of them is in the ledger already. */
export class Rebase {
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
          const [cells, at] = privateCells(regions, position)
          subtract(definition.aggregation, cells, at, folded.cells, slot)
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

function privateCells(regions: readonly Uint8Array<ArrayBuffer>[], position: number): [Float64Array, number] {
  let begin = 0
  for (const region of regions) {
    if (position < begin + region.length) return [new Float64Array(region.buffer), (position - begin) / 8]
    begin += region.length
  }
  throw new Error(`the folded segment is longer than ${begin} bytes`)
}

/** What is smallest and largest stays: it is not counted twice by being there twice. */
function subtract(
  aggregation: Aggregation,
  cells: Float64Array,
  at: number,
  folded: Float64Array,
  slot: number,
): void {
  switch (aggregation.type) {
    case 'sum':
      cells[at] -= folded[slot]
      return
    case 'explicitBuckets': {
      // The counts, then the sum.
      const summed = aggregation.boundaries.length + 2
      for (let cell = 0; cell < summed; cell++) cells[at + cell] -= folded[slot + cell]
      return
    }
    case 'exponentialBuckets':
      return subtractExponential(aggregation, cells, at, folded, slot)
  }
}

/** The scale is only ever reduced: what was folded has the same buckets or narrower ones. */
function subtractExponential(
  size: ExponentialSize,
  cells: Float64Array,
  at: number,
  folded: Float64Array,
  slot: number,
): void {
  cells[at + EXPONENTIAL.zeroCount] -= folded[slot + EXPONENTIAL.zeroCount]
  cells[at + EXPONENTIAL.sum] -= folded[slot + EXPONENTIAL.sum]
  const into = bankAt(cells, at, size)
  const from = bankAt(folded, slot, size)
  const reduction = folded[from + BANK.scale] - cells[into + BANK.scale]
  for (let range = 0; range < rangeCount(size); range++) {
    const source = rangeAt(from, range, size)
    if (isEmptyRange(folded, source, size)) continue
    const target = rangeAt(into, range, size) + RANGE.buckets
    for (let index = folded[source + RANGE.start]; index <= folded[source + RANGE.end]; index++) {
      const count = folded[source + RANGE.buckets + bucketPlace(index, size.maxSize)]
      cells[target + bucketPlace(reduce(index, reduction), size.maxSize)] -= count
    }
  }
}
