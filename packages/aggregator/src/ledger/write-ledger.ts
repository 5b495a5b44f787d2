import type { Attributes } from '@opentelemetry/api'
import { randomBytes } from '../directory/random.ts'
import { EXEMPLAR_CELLS, type Exemplar, writeExemplar } from '../segment/exemplar-cells.ts'
import { HeapMemory } from '../segment/heap-memory.ts'
import { type WriterIdentity, writeIdentity } from '../segment/identity.ts'
import { ENTRY_KIND, FIRST_BYTES, LIVENESS, MAX_TEXT_BYTES } from '../segment/layout.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import { type Beginning, SegmentWriter } from '../segment/writer.ts'
import { canonicalAttributes } from '../series/attributes.ts'

/** A stream with the totals of its series: a merged one, or what has been exported of one. */
export interface LedgerStream {
  readonly definition: StreamDefinition
  readonly limit?: number | undefined
  readonly series: readonly (LedgerSeries | undefined)[]
  readonly exemplars?: { at(index: number): (Exemplar | undefined)[] }
  /** Undefined when there is nothing to hold. */
  cellsForLedger(index: number): Float64Array | undefined
}

export interface LedgerSeries {
  readonly text: string
  readonly worker: number
  readonly createdUs: number
}

export interface LedgerContents {
  readonly streams: Iterable<LedgerStream>
  readonly resource: Attributes
  /** Hexadecimal ids of the segments that were folded into this version and may still be there as files. */
  readonly folded: readonly string[]
  /** When the run began, milliseconds since the epoch. */
  readonly startTimeMs: number
  /** When the first writer in it began, by both clocks; undefined when nobody says so. */
  readonly beginning: Beginning | undefined
  /** How many writers this ledger holds the totals of, by how they ended. */
  readonly foldedEnded: number
  readonly foldedKilled: number
}

/**
 * Writes a ledger into an open, empty file: a segment whose sums have a second cell each, for what rounding
 * lost, so that folding again and again stays exact. Throws when the disk is full.
 */
export function writeLedger(fd: number, contents: LedgerContents): void {
  const first = new ArrayBuffer(FIRST_BYTES)
  const { startTimeMs } = contents
  const identity: WriterIdentity = {
    id: randomBytes(16),
    liveness: LIVENESS.none,
    worker: 0,
    startTimeMs,
    pid: process.pid,
    threadId: 0,
  }
  writeIdentity(first, identity)
  const memory = new HeapMemory(identity, first, () => {})
  const writer = new SegmentWriter(memory, first)
  writer.note(ENTRY_KIND.resource, canonicalAttributes(contents.resource))
  for (const id of contents.folded) writer.note(ENTRY_KIND.folded, id)
  for (const stream of contents.streams) writeStream(writer, stream)
  writer.tellBeginning(contents.beginning ?? UNKNOWN)
  writer.tellFolded(contents.foldedEnded, contents.foldedKilled)
  memory.writeTo(fd)
}

const UNKNOWN: Beginning = { beganUs: 0, beganMs: 0 }

function writeStream(writer: SegmentWriter, stream: LedgerStream): void {
  const { definition, limit } = stream
  const text = JSON.stringify({ ...definition, cardinalityLimit: limit })
  // Written as JSON once more, it may have become too long for an entry: that must not keep the others out.
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) return
  const number = writer.defineInstrument(text)
  if (number === undefined) throw new Error(`no room for ${definition.name} in the ledger`)
  stream.series.forEach((series, index) => {
    const cells = series && stream.cellsForLedger(index)
    if (series === undefined || cells === undefined) return
    const { worker, createdUs } = series
    if (writer.addSeries(number, series.text, cells, { worker, createdUs }) === undefined)
      throw new Error('no room for a series in the ledger')
    writeExemplars(writer, number, series, stream.exemplars?.at(index) ?? [])
  })
}

function writeExemplars(
  writer: SegmentWriter,
  number: number,
  { text, worker }: LedgerSeries,
  exemplars: (Exemplar | undefined)[],
): void {
  if (exemplars.every(exemplar => exemplar === undefined)) return
  const cells = new Float64Array(exemplars.length * EXEMPLAR_CELLS)
  const range = writer.addExemplars(number, text, cells, { worker })
  if (range === undefined) throw new Error('no room for exemplars in the ledger')
  exemplars.forEach((exemplar, place) => {
    if (exemplar !== undefined) writeExemplar(range.cells, range.slot, place, exemplar)
  })
}
