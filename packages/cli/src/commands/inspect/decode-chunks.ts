import {
  CHUNK,
  CHUNK_KIND,
  CHUNK_ROW_BYTES,
  HEADER,
  MAGIC,
  MAX_CHUNKS,
  PAGE_BYTES,
} from '@tutti/aggregator/inspect'
import type { DecodedChunk } from './decoded.ts'
import { readField } from './field.ts'
import { CHUNK_FIELDS } from './header-fields.ts'

/** The rows of the chunk table up to the first that can't be believed. */
export function decodeChunks(page: Buffer, fileBytes: number, problems: string[]): DecodedChunk[] {
  const announced = page.readUInt32LE(HEADER.chunkCount)
  if (announced > MAX_CHUNKS)
    problems.push(`it announces ${announced} chunks; there is room for ${MAX_CHUNKS}`)
  const chunks: DecodedChunk[] = []
  let nextPage = 1
  for (let row = 0; row < Math.min(announced, MAX_CHUNKS); row++) {
    const at = HEADER.chunkTable + row * CHUNK_ROW_BYTES
    const block = page.subarray(at, at + CHUNK_ROW_BYTES)
    const kind = block.readUInt32LE(CHUNK.kind)
    const first = block.readUInt32LE(CHUNK.page)
    const pages = block.readUInt32LE(CHUNK.pages)
    const isTorn = (kind ^ first ^ pages ^ MAGIC) >>> 0 !== block.readUInt32LE(CHUNK.check)
    if (isTorn || first !== nextPage || pages === 0) {
      problems.push(`row ${row} of its chunk table is wrong`)
      return chunks
    }
    nextPage += pages
    if (nextPage * PAGE_BYTES > fileBytes) {
      problems.push(`it ends before its chunk ${row} does`)
      return chunks
    }
    chunks.push({
      row,
      kind: kind === CHUNK_KIND.entries ? 'entries' : kind === CHUNK_KIND.cells ? 'cells' : 'unknown',
      offset: first * PAGE_BYTES,
      bytes: pages * PAGE_BYTES,
      fields: CHUNK_FIELDS.map(spec => readField(block, at, spec)),
    })
  }
  return chunks
}
