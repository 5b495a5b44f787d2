import {
  type Aggregation,
  cellRoles,
  ENTRY,
  EXEMPLAR_CELLS,
  EXPONENTIAL,
  readExemplar,
  type StreamDefinition,
} from '@tutti/aggregator/inspect'
import type { DecodedChunk, Field } from './decoded.ts'
import { hexOf } from './field.ts'
import { timeText } from './header-fields.ts'
import type { RawFile } from './raw-file.ts'

interface Cells {
  readonly block: Buffer
  /** Of the entry. */
  readonly offset: number
  readonly chunks: readonly DecodedChunk[]
  readonly role: 'segment' | 'ledger'
  readonly definition: StreamDefinition | undefined
  readonly isSeries: boolean
  readonly problems: string[]
}

/** The cells that an entry points to, each with what it holds. */
export function decodeCells(file: RawFile, given: Cells): Field[] {
  const { block, offset, chunks, problems } = given
  const count = block.readUInt16LE(ENTRY.cellCount)
  const slot = block.readUInt32LE(ENTRY.slot)
  const chunk = chunks.find(({ row, kind }) => row === block.readUInt32LE(ENTRY.chunk) && kind === 'cells')
  if (chunk === undefined || (slot + count) * 8 > chunk.bytes) {
    problems.push(`the entry at byte ${offset} points to cells that are not there`)
    return []
  }
  const at = chunk.offset + slot * 8
  const bytes = file.read(at, count * 8)
  const names = given.isSeries
    ? seriesCellNames(given.definition?.aggregation, count)
    : exemplarCellNames(count)
  const fields: Field[] = []
  for (let cell = 0; (cell + 1) * 8 <= bytes.length; cell++) {
    const raw = bytes.subarray(cell * 8, cell * 8 + 8)
    const value = raw.readDoubleLE(0)
    const name = names[cell]
    fields.push({
      name,
      offset: at + cell * 8,
      hex: hexOf(raw),
      value: name.endsWith('id') || name === 'check' ? raw.toString('hex') : String(value),
      meaning: name === 'time' ? timeText(value) : given.isSeries ? '' : exemplarMeaning(bytes, cell),
    })
  }
  return fields
}

function seriesCellNames(aggregation: Aggregation | undefined, count: number): string[] {
  const names = aggregation === undefined ? [] : namesOf(aggregation)
  return Array.from({ length: count }, (_, cell) => names[cell] ?? BEHIND[cell - names.length] ?? 'cell')
}

/** What a ledger's series has behind its own cells (see merge-policy.ts). */
const BEHIND = ['lost by rounding', 'writers in the average']

function namesOf(aggregation: Aggregation): string[] {
  switch (aggregation.type) {
    case 'explicitBuckets':
      return cellRoles(aggregation).map((role, cell) =>
        role === 'count' ? `count up to ${aggregation.boundaries[cell] ?? 'infinity'}` : role,
      )
    case 'exponentialBuckets':
      return exponentialNames(aggregation.maxSize, aggregation.negative)
    default:
      return cellRoles(aggregation)
  }
}

function exponentialNames(maxSize: number, negative: boolean): string[] {
  const before = Object.entries(EXPONENTIAL).sort(([, a], [, b]) => a - b)
  const names = before.filter(([, cell]) => cell < EXPONENTIAL.banks).map(([name]) => name)
  const ranges = negative ? ['positive', 'negative'] : ['positive']
  for (const bank of [0, 1]) {
    names.push(`bank ${bank} scale`)
    for (const range of ranges) {
      names.push(`bank ${bank} ${range} start`, `bank ${bank} ${range} end`)
      for (let place = 0; place < maxSize; place++) names.push(`bank ${bank} ${range} place ${place}`)
    }
  }
  return [...names, 'intent']
}

function exemplarCellNames(count: number): string[] {
  const parts = ['time', 'value', 'span id', 'trace id', 'trace id', 'check']
  return Array.from({ length: count }, (_, cell) => parts[cell % EXEMPLAR_CELLS])
}

/** Said once an exemplar, at its value. */
function exemplarMeaning(bytes: Buffer, cell: number): string {
  if (cell % EXEMPLAR_CELLS !== 1) return ''
  const place = Math.floor(cell / EXEMPLAR_CELLS)
  if ((place + 1) * EXEMPLAR_CELLS * 8 > bytes.length) return ''
  const cells = new Float64Array(new Uint8Array(bytes).buffer)
  const exemplar = readExemplar(cells, 0, place)
  return exemplar === undefined
    ? 'none, or half written'
    : `trace ${exemplar.traceId}, span ${exemplar.spanId}`
}
