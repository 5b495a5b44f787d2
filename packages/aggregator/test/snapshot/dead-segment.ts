import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { define, publish, renumber } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { HEADER, HEADER_CHECKED_BYTES } from '../../src/segment/layout.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** The bytes of a dead writer's segment with one counter, `dead` at 7, and a second series behind it. */
export function deadSegment(): Buffer {
  const directory = temporaryDirectory()
  const writer = joinDirectory(directory, { warn: () => {} })
  const series = publish(writer, define('dead', 'COUNTER', { type: 'sum' }))
  series([]).record(7)
  series([['behind', true]]).record(1)
  writer.end()
  return renumber(readFileSync(join(directory, '0.segment')), 7)
}

/** The same with one bit flipped. */
export function flipped(at: number): Buffer {
  const bytes = deadSegment()
  bytes[at] ^= 0x10
  return bytes
}

/** The same as a writer of another version has it. */
export function ofVersion(version: number): Buffer {
  const bytes = deadSegment()
  bytes.writeUInt32LE(version, HEADER.version)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, HEADER_CHECKED_BYTES)), HEADER.checksum)
  return bytes
}
