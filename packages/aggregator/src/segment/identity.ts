import { crc32 } from './crc32.ts'
import { HEADER, HEADER_CHECKED_BYTES, LAYOUT_VERSION, MAGIC, PAGE_BYTES } from './layout.ts'

/** Who writes a segment. */
export interface WriterIdentity {
  /** 16 random bytes. */
  readonly id: Uint8Array
  readonly liveness: number
  readonly worker: number
  readonly startTimeMs: number
  readonly pid: number
  readonly threadId: number
}

/** Writes the identity into the first page of a new segment. */
export function writeIdentity(page: ArrayBuffer, identity: WriterIdentity): void {
  const view = new DataView(page, 0, PAGE_BYTES)
  view.setUint32(HEADER.magic, MAGIC, true)
  view.setUint32(HEADER.version, LAYOUT_VERSION, true)
  new Uint8Array(page).set(identity.id, HEADER.id)
  view.setUint32(HEADER.liveness, identity.liveness, true)
  view.setUint32(HEADER.worker, identity.worker, true)
  view.setFloat64(HEADER.startTimeMs, identity.startTimeMs, true)
  view.setFloat64(HEADER.pid, identity.pid, true)
  view.setFloat64(HEADER.threadId, identity.threadId, true)
  view.setUint32(HEADER.checksum, crc32(Buffer.from(page, 0, HEADER_CHECKED_BYTES)), true)
}
