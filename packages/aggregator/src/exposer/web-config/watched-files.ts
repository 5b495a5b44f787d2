import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from 'node:fs'
import { ConfigurationError } from './configuration-error.ts'

/** Certificates, keys and a list of users: nothing that is meant to be here is larger. */
const MAX_BYTES = 1_048_576

/**
 * Files that are read now and looked at again later. A stamp is taken before each is read, so a change while it is
 * being read is seen the next time. Links are followed, as a ConfigMap's have to be: a stamp is that of their target.
 */
export class WatchedFiles {
  readonly #stamps: Map<string, string> = new Map()

  /** The whole of a small regular file. Never waits on a pipe or a device that stands in its place. */
  read(path: string, what: string): string {
    this.#stamps.set(path, stampOf(path))
    let fd: number
    try {
      refuseForeignLink(path, what)
      fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    } catch (error) {
      if (error instanceof ConfigurationError) throw error
      const { code, message } = error as NodeJS.ErrnoException
      throw new ConfigurationError(path, what, `can't be read (${code ?? message})`, MEND)
    }
    try {
      return readBounded(fd, path, what)
    } finally {
      closeSync(fd)
    }
  }

  haveChanged(): boolean {
    for (const [path, stamp] of this.#stamps) if (stampOf(path) !== stamp) return true
    return false
  }
}

const MEND = 'Give the path of a file that this user can read'

function stampOf(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    return [dev, ino, size, mtimeNs, ctimeNs].join('.')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

/** Whoever may only place a link must not choose which of our files is read; the kernel has this rule for /tmp. */
function refuseForeignLink(path: string, what: string): void {
  const link = lstatSync(path)
  if (!link.isSymbolicLink()) return
  const trusted = [0, process.getuid?.(), statSync(path).uid]
  if (trusted.includes(link.uid)) return
  const why = `is a symbolic link that belongs to another user (${link.uid})`
  throw new ConfigurationError(path, what, why, 'Make it a file, or a link of your own')
}

function readBounded(fd: number, path: string, what: string): string {
  if (!fstatSync(fd).isFile()) throw new ConfigurationError(path, what, 'is not a regular file', MEND)
  const buffer = Buffer.alloc(MAX_BYTES + 1)
  let bytes = 0
  for (let read = -1; read !== 0 && bytes < buffer.length; bytes += read)
    read = readSync(fd, buffer, bytes, buffer.length - bytes, bytes)
  if (bytes > MAX_BYTES)
    throw new ConfigurationError(path, what, `is larger than ${MAX_BYTES} bytes`, 'Give the right file')
  return buffer.toString('utf8', 0, bytes)
}
