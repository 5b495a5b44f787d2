import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { MAX_SEGMENT_BYTES } from '@tutti/aggregator/inspect'
import { Failure } from '../../arguments/failure.ts'

/** Reads parts of a file that may be anything and may change or shrink meanwhile. Follows no link, waits for no pipe. */
export class RawFile {
  readonly path: string
  readonly fd: number
  readonly bytes: number

  /** Throws {@link Failure}. */
  constructor(path: string) {
    this.path = path
    const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
    try {
      this.fd = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      const mend =
        code === 'ELOOP' ? 'It is a link; name its target.' : 'Run this as the user of the service.'
      throw new Failure(`${path} can't be opened: ${message}. ${mend}`)
    }
    const stat = fstatSync(this.fd)
    this.bytes = Math.min(stat.size, MAX_SEGMENT_BYTES)
    if (stat.isFile()) return
    closeSync(this.fd)
    throw new Failure(`${path} is no regular file. Name a segment, a ledger or a directory.`)
  }

  /** As many of the bytes as there are. */
  read(offset: number, bytes: number): Buffer {
    const wanted = Math.max(0, Math.min(bytes, this.bytes - offset))
    const buffer = Buffer.alloc(wanted)
    return buffer.subarray(0, wanted === 0 ? 0 : readSync(this.fd, buffer, 0, wanted, offset))
  }

  close(): void {
    closeSync(this.fd)
  }
}
