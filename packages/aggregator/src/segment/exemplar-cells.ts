import type { Aggregation } from './aggregation.ts'
import { MAX_TIME_MS } from './time.ts'

/**
 * One exemplar: {@link EXEMPLAR_CELLS} cells. It is written by the thread that writes the series and read by anybody,
 * perhaps half-way through a write or after a kill: the check tells a whole exemplar from such a one, and a torn
 * one is left out. No order of stores is needed.
 */
export interface Exemplar {
  /** Milliseconds since the epoch. */
  readonly timeMs: number
  readonly value: number
  /** 32 hexadecimal digits; all zero when there was no span. */
  readonly traceId: string
  /** 16 hexadecimal digits; all zero when there was no span. */
  readonly spanId: string
}

/** time, value, span id, trace id (two cells), check. */
export const EXEMPLAR_CELLS = 6
/** The ids and the check are raw bytes: as floats some of them would be changed by the engine. */
const WORDS = EXEMPLAR_CELLS * 2
const CHECK_WORD = WORDS - 2
const SPAN_WORD = 4
const SPAN_WORDS = 2
const TRACE_WORD = 6
const TRACE_WORDS = 4
/** An exponential histogram's buckets change; its exemplars are spread over this many places. */
const MAX_EXPONENTIAL_PLACES = 20

/** How many exemplars a series keeps: one, or one a bucket. */
export function exemplarPlaces(aggregation: Aggregation): number {
  switch (aggregation.type) {
    case 'explicitBuckets':
      return aggregation.boundaries.length + 1
    case 'exponentialBuckets':
      return exponentialPlaces(aggregation.maxSize)
    default:
      return 1
  }
}

/** The exemplar of a bucket is in place index modulo this. */
export function exponentialPlaces(maxSize: number): number {
  return Math.min(maxSize, MAX_EXPONENTIAL_PLACES)
}

export function exemplarCellCount(aggregation: Aggregation): number {
  return exemplarPlaces(aggregation) * EXEMPLAR_CELLS
}

/** Writes an exemplar into its place. @param slot the first cell of the series' exemplars. */
export function writeExemplar(cells: Float64Array, slot: number, place: number, exemplar: Exemplar): void {
  const at = slot + place * EXEMPLAR_CELLS
  const words = wordsOf(cells, at)
  cells[at] = exemplar.timeMs
  cells[at + 1] = exemplar.value
  writeHex(words, SPAN_WORD, exemplar.spanId, SPAN_WORDS)
  writeHex(words, TRACE_WORD, exemplar.traceId, TRACE_WORDS)
  words[CHECK_WORD] = check(words)
}

/** Reads an exemplar; undefined when there is none, or it was caught half-written. */
export function readExemplar(cells: Float64Array, slot: number, place: number): Exemplar | undefined {
  const at = slot + place * EXEMPLAR_CELLS
  const words = wordsOf(cells, at)
  if (words[CHECK_WORD] !== check(words) || !(cells[at] > 0 && cells[at] <= MAX_TIME_MS)) return undefined
  return {
    timeMs: cells[at],
    value: cells[at + 1],
    spanId: readHex(words, SPAN_WORD, SPAN_WORDS),
    traceId: readHex(words, TRACE_WORD, TRACE_WORDS),
  }
}

function wordsOf(cells: Float64Array, at: number): Uint32Array {
  return new Uint32Array(cells.buffer, cells.byteOffset + at * 8, WORDS)
}

/** FNV-1a over the words before it: never zero by chance for an exemplar that was not written. */
function check(words: Uint32Array): number {
  let hash = 0x811c9dc5
  for (let word = 0; word < CHECK_WORD; word++) hash = Math.imul(hash ^ words[word], 0x01000193)
  return hash >>> 0
}

function writeHex(words: Uint32Array, from: number, hex: string, count: number): void {
  for (let word = 0; word < count; word++)
    words[from + word] = Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16)
}

function readHex(words: Uint32Array, from: number, count: number): string {
  return Array.from(words.subarray(from, from + count), word => word.toString(16).padStart(8, '0')).join('')
}
