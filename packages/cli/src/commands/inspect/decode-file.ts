import {
  crc32,
  HEADER,
  HEADER_CHECKED_BYTES,
  LAYOUT_VERSION,
  LIVENESS,
  MAGIC,
  PAGE_BYTES,
} from '@tutti/aggregator/inspect'
import { Progress } from '../../terminal/progress.ts'
import { decodeChunks } from './decode-chunks.ts'
import { decodeEntries } from './decode-entries.ts'
import type { DecodedFile } from './decoded.ts'
import { readField } from './field.ts'
import { HEADER_FIELDS } from './header-fields.ts'
import { RawFile } from './raw-file.ts'

/**
 * Reads a segment or ledger with its own eyes, not with the reader of the page, so that it sees also what that one
 * refuses. Whatever the file says is bounded before it is believed. Throws `Failure` when there is no file to read.
 */
export function decodeFile(path: string, maxEntries: number): DecodedFile {
  const file = new RawFile(path)
  const progress = new Progress()
  try {
    const page = file.read(0, PAGE_BYTES)
    const problems = headerProblems(page)
    const header = HEADER_FIELDS.filter(({ at }) => at + 16 <= page.length).map(spec =>
      readField(page, 0, spec),
    )
    const none = { path, bytes: file.bytes, header, chunks: [], entries: [], moreEntries: 0, problems }
    if (page.length < PAGE_BYTES || page.readUInt32LE(HEADER.magic) !== MAGIC)
      return { ...none, role: 'no segment' }
    const role = page.readUInt32LE(HEADER.liveness) === LIVENESS.none ? 'ledger' : 'segment'
    // Of a version yet to come only the identity is where it is now.
    if (page.readUInt32LE(HEADER.version) !== LAYOUT_VERSION) return { ...none, role }
    const chunks = decodeChunks(page, file.bytes, problems)
    const { entries, moreEntries } = decodeEntries(file, { chunks, role, maxEntries, problems, progress })
    return { ...none, role, chunks, entries, moreEntries }
  } finally {
    progress.end()
    file.close()
  }
}

function headerProblems(page: Buffer): string[] {
  if (page.length < PAGE_BYTES) return [`it is only ${page.length} bytes long: a header has ${PAGE_BYTES}`]
  if (page.readUInt32LE(HEADER.magic) !== MAGIC) return ['it does not begin as a segment does']
  if (crc32(page.subarray(0, HEADER_CHECKED_BYTES)) !== page.readUInt32LE(HEADER.checksum))
    return ['its header does not match its checksum']
  const version = page.readUInt32LE(HEADER.version)
  return version === LAYOUT_VERSION
    ? []
    : [`it has layout version ${version}, this one reads ${LAYOUT_VERSION}: use the tutti of that version`]
}
