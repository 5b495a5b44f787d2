import { MAX_WORKERS } from '../directory/files.ts'
import { crc32 } from '../segment/crc32.ts'
import { HEADER, HEADER_CHECKED_BYTES, LAYOUT_VERSION, LIVENESS, MAGIC } from '../segment/layout.ts'
import { MAX_TIME_MS } from '../segment/time.ts'

/** A file that is no segment, or not one that this version reads. */
export class SegmentError extends Error {
  readonly reason: 'damaged' | 'version'
  readonly what: string
  constructor(path: string, reason: 'damaged' | 'version', what: string) {
    super(`${path}: ${what}`)
    this.name = 'SegmentError'
    this.reason = reason
    this.what = what
  }
}

/** What the file is there for: a ledger among the segments, or the other way round, would count twice. */
export type FileRole = 'segment' | 'ledger'

/** What a header says about its file once and for all. */
export interface Identity {
  /** Hexadecimal. */
  readonly id: string
  readonly liveness: number
  readonly worker: number
  readonly startTimeMs: number
}

/** Reads the identity; the error says what is wrong with it. */
export function readIdentity(header: Buffer, role: FileRole): Identity | Omit<SegmentError, keyof Error> {
  const damaged = (what: string) => ({ reason: 'damaged', what }) as const
  if (header.readUInt32LE(HEADER.magic) !== MAGIC) return damaged('not a segment')
  // The checksum before the version: a flipped bit must not pass for a version yet to come.
  if (crc32(header.subarray(0, HEADER_CHECKED_BYTES)) !== header.readUInt32LE(HEADER.checksum))
    return damaged('its header does not match its checksum')
  const version = header.readUInt32LE(HEADER.version)
  if (version !== LAYOUT_VERSION)
    return { reason: 'version', what: `layout version ${version}, this one reads ${LAYOUT_VERSION}` }

  const liveness = header.readUInt32LE(HEADER.liveness)
  const worker = header.readUInt32LE(HEADER.worker)
  const startTimeMs = header.readDoubleLE(HEADER.startTimeMs)
  const isLedger = liveness === LIVENESS.none
  if (isLedger !== (role === 'ledger') || liveness > LIVENESS.none)
    return damaged(`liveness ${liveness} in a ${role}`)
  if (worker >= MAX_WORKERS) return damaged(`worker ${worker} is above ${MAX_WORKERS}`)
  if (!(startTimeMs >= 0 && startTimeMs <= MAX_TIME_MS))
    return damaged(`start time ${startTimeMs} is no time`)
  const id = header.toString('hex', HEADER.id, HEADER.id + 16)
  return { id, liveness, worker, startTimeMs }
}
