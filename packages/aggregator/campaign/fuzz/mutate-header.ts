import { crc32 } from 'node:zlib'
import {
  CHUNK,
  CHUNK_ROW_BYTES,
  HEADER,
  HEADER_CHECKED_BYTES,
  MAGIC,
  PAGE_BYTES,
} from '../../src/segment/layout.ts'
import type { Random } from '../random.ts'
import { anyFloat, anyU32 } from './values.ts'

/** Spoils fields of the header, most of the time with checks that are right again, so that deeper code is reached. */
export function mutateHeader(random: Random, file: Buffer): Buffer {
  if (file.length < PAGE_BYTES) return file
  for (let times = 1 + random.below(3); times > 0; times--) random.pick(CHANGES)(random, file)
  if (random.chance(0.9)) file.writeUInt32LE(crc32(file.subarray(0, HEADER_CHECKED_BYTES)), HEADER.checksum)
  return file
}

const CHANGES: readonly ((random: Random, file: Buffer) => void)[] = [
  (random, file) => file.writeUInt32LE(random.below(4), HEADER.version),
  (random, file) => file.writeUInt32LE(random.below(4), HEADER.liveness),
  (random, file) => file.writeUInt32LE(anyU32(random), HEADER.worker),
  (random, file) => file.writeDoubleLE(anyFloat(random), HEADER.startTimeMs),
  (random, file) => file.writeUInt32LE(anyU32(random), HEADER.chunkCount),
  (random, file) => file.writeUInt32LE(random.below(3), HEADER.state),
  (random, file) => file.writeDoubleLE(anyFloat(random), HEADER.heartbeatMs),
  (random, file) => file.writeDoubleLE(anyFloat(random), HEADER.privateSeries),
  changeRow,
  changeRow,
  addRows,
]

function changeRow(random: Random, file: Buffer): void {
  const at = HEADER.chunkTable + random.below(3) * CHUNK_ROW_BYTES
  file.writeUInt32LE(anyU32(random), at + 4 * random.below(3))
  if (random.chance(0.8)) seal(file, at)
}

/** More chunks than there are, some of them over pages that others have, or beyond the end. */
function addRows(random: Random, file: Buffer): void {
  const count = Math.min(file.readUInt32LE(HEADER.chunkCount), 200)
  const more = 1 + random.below(40)
  let page = random.chance(0.5) ? 16 : random.below(20)
  for (let row = count; row < count + more; row++) {
    const at = HEADER.chunkTable + row * CHUNK_ROW_BYTES
    const pages = random.pick([0, 1, 1, 8, 15, 1024, 0xffffffff])
    file.writeUInt32LE(1 + random.below(2), at + CHUNK.kind)
    file.writeUInt32LE(page >>> 0, at + CHUNK.page)
    file.writeUInt32LE(pages, at + CHUNK.pages)
    seal(file, at)
    page = random.chance(0.7) ? page + pages : random.below(20)
  }
  file.writeUInt32LE(count + more, HEADER.chunkCount)
}

function seal(file: Buffer, at: number): void {
  const check =
    file.readUInt32LE(at + CHUNK.kind) ^
    file.readUInt32LE(at + CHUNK.page) ^
    file.readUInt32LE(at + CHUNK.pages) ^
    MAGIC
  file.writeUInt32LE(check >>> 0, at + CHUNK.check)
}
