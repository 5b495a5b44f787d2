import {
  crc32,
  ENTRY,
  ENTRY_KIND,
  MAX_TEXT_BYTES,
  parseDefinition,
  type StreamDefinition,
} from '@tutti/aggregator/inspect'
import { printable } from '../../terminal/printable.ts'
import type { Progress } from '../../terminal/progress.ts'
import { decodeCells } from './decode-cells.ts'
import type { DecodedChunk, DecodedEntry } from './decoded.ts'
import { readField, textField } from './field.ts'
import { ENTRY_FIELDS, entryKind } from './header-fields.ts'
import type { RawFile } from './raw-file.ts'

interface Decoding {
  readonly chunks: readonly DecodedChunk[]
  readonly role: 'segment' | 'ledger'
  readonly maxEntries: number
  readonly problems: string[]
  readonly progress: Progress
}

const MAX_ENTRY_BYTES = ENTRY.text + MAX_TEXT_BYTES

/** All entries of all chunks; those beyond the limit are counted, and the instruments among them are known all the same. */
export function decodeEntries(
  file: RawFile,
  decoding: Decoding,
): { entries: DecodedEntry[]; moreEntries: number } {
  const { chunks, maxEntries, progress } = decoding
  const definitions = new Map<number, StreamDefinition>()
  const entries: DecodedEntry[] = []
  let moreEntries = 0
  for (const chunk of chunks.filter(({ kind }) => kind === 'entries')) {
    for (const { block, offset } of entriesOf(file, chunk, decoding.problems)) {
      progress.step(`${entries.length + moreEntries} entries of ${file.path}`)
      const text = textOf(block)
      const instrument = block.readUInt32LE(ENTRY.instrument)
      if (block.readUInt16LE(ENTRY.kind) === ENTRY_KIND.instrument) {
        const definition = parseDefinition(text)
        if (definition === undefined)
          decoding.problems.push(`the entry at byte ${offset} defines no instrument`)
        else definitions.set(instrument, definition)
      }
      if (entries.length >= maxEntries) moreEntries++
      else entries.push(decodeEntry(file, decoding, block, offset, definitions.get(instrument)))
    }
  }
  return { entries, moreEntries }
}

/** An entry whose length makes no sense hides all that follow in its chunk; one that is damaged within, only itself. */
function* entriesOf(
  file: RawFile,
  { offset, bytes, row }: DecodedChunk,
  problems: string[],
): Iterable<{ block: Buffer; offset: number }> {
  let at = 0
  while (at + ENTRY.text <= bytes) {
    const head = file.read(offset + at, 4)
    const entryBytes = head.length < 4 ? 0 : head.readUInt32LE(0)
    if (entryBytes === 0) return
    const fits = entryBytes >= ENTRY.text && entryBytes % 8 === 0 && at + entryBytes <= bytes
    const block = fits && entryBytes <= MAX_ENTRY_BYTES ? file.read(offset + at, entryBytes) : head
    if (!fits || block.length < entryBytes) {
      problems.push(
        `the entry at byte ${offset + at} says that it is ${entryBytes} bytes long: the rest of chunk ${row} can't be read`,
      )
      return
    }
    if (crc32(block.subarray(ENTRY.kind)) !== block.readUInt32LE(ENTRY.checksum))
      problems.push(`the entry at byte ${offset + at} does not match its checksum`)
    yield { block, offset: offset + at }
    at += entryBytes
  }
}

function decodeEntry(
  file: RawFile,
  { chunks, role, problems }: Decoding,
  block: Buffer,
  offset: number,
  definition: StreamDefinition | undefined,
): DecodedEntry {
  const kind = block.readUInt16LE(ENTRY.kind)
  const hasCells = kind === ENTRY_KIND.series || kind === ENTRY_KIND.exemplars
  if (hasCells && definition === undefined)
    problems.push(`the entry at byte ${offset} is of an instrument that is not defined before it`)
  const text = textBytes(block)
  return {
    kind: entryKind(kind),
    offset,
    bytes: block.length,
    instrument:
      definition && (hasCells || kind === ENTRY_KIND.instrument) ? printable(definition.name) : undefined,
    text: printable(text.toString('utf8')),
    fields: [
      ...ENTRY_FIELDS.map(spec => readField(block, offset, spec)),
      textField('text', offset + ENTRY.text, text),
    ],
    cells: hasCells
      ? decodeCells(file, {
          block,
          offset,
          chunks,
          role,
          definition,
          problems,
          isSeries: kind === ENTRY_KIND.series,
        })
      : [],
  }
}

function textBytes(block: Buffer): Buffer {
  return block.subarray(ENTRY.text, ENTRY.text + block.readUInt32LE(ENTRY.textBytes))
}

function textOf(block: Buffer): string {
  return textBytes(block).toString('utf8')
}
