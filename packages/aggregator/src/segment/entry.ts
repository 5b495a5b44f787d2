import type { Chunk } from './chunks.ts'
import { crc32 } from './crc32.ts'
import { ENTRY } from './layout.ts'

/** What an entry says beside its kind and its text; what is not given is 0. */
export type EntryFields = Partial<
  Record<'instrument' | 'cellCount' | 'chunk' | 'slot' | 'worker' | 'createdUs', number>
>

/** Writes an entry behind the last one of a chunk, which must have room for it. Its length comes last: it publishes. */
export function writeEntry(chunk: Chunk, kind: number, text: string, fields: EntryFields): void {
  const textBytes = Buffer.byteLength(text)
  const bytes = entryBytesOf(textBytes)
  const entry = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset + chunk.used, bytes)
  entry.writeUInt16LE(kind, ENTRY.kind)
  entry.writeUInt16LE(fields.cellCount ?? 0, ENTRY.cellCount)
  entry.writeUInt32LE(fields.instrument ?? 0, ENTRY.instrument)
  entry.writeUInt32LE(fields.chunk ?? 0, ENTRY.chunk)
  entry.writeUInt32LE(fields.slot ?? 0, ENTRY.slot)
  entry.writeUInt32LE(textBytes, ENTRY.textBytes)
  entry.writeUInt32LE(fields.worker ?? 0, ENTRY.worker)
  entry.writeDoubleLE(fields.createdUs ?? 0, ENTRY.createdUs)
  entry.write(text, ENTRY.text, 'utf8')
  entry.writeUInt32LE(crc32(entry.subarray(ENTRY.kind)), ENTRY.checksum)
  Atomics.store(chunk.words, (chunk.used + ENTRY.bytes) / 4, bytes)
}

/** How long an entry is, padding included. */
export function entryBytesOf(textBytes: number): number {
  return (ENTRY.text + textBytes + 7) & ~7
}
