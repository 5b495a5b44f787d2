import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** A directory that segments can't be kept in. `code` is stable; the message says the mend. */
export class DirectoryError extends Error {
  readonly code = 'TUTTI_DIRECTORY_UNUSABLE'
  constructor(directory: string, why: string, mend: string) {
    super(`directory ${directory} can't be used: ${why}. ${mend}`)
    this.name = 'DirectoryError'
  }
}

const MEND = 'Set TUTTI_DIR to a directory that this user can write to.'

/**
 * Makes the directory if it is missing and checks that it is private: a real directory, ours, closed to others.
 * Segments of another user, or a symbolic link where the directory should be, could make us read or write
 * somebody else's files. Throws {@link DirectoryError}.
 */
export function secureDirectory(directory: string, uid: number | undefined = process.getuid?.()): void {
  try {
    makeDirectory(directory)
    const found = lstatSync(directory)
    if (found.isSymbolicLink())
      throw new DirectoryError(directory, 'it is a symbolic link', 'Name its target instead.')
    if (!found.isDirectory()) throw new DirectoryError(directory, 'it is not a directory', MEND)
    if (uid !== undefined && found.uid !== uid) {
      const mend = 'Set TUTTI_DIR to a directory of that user, or run every process as the same user.'
      throw new DirectoryError(
        directory,
        `it belongs to user ${found.uid}, this process runs as ${uid}`,
        mend,
      )
    }
    if ((found.mode & 0o077) !== 0 && process.platform !== 'win32') chmodSync(directory, 0o700)
  } catch (error) {
    if (error instanceof DirectoryError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new DirectoryError(
      directory,
      code ?? message,
      'Set TUTTI_DIR to a directory that this user can write to.',
    )
  }
}

/** Not Node's own `recursive`: that never returns for a path below `/proc` (Node 20 to 26). */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    const parent = dirname(directory)
    if (code !== 'ENOENT' || parent === directory) throw error
    makeDirectory(parent)
    mkdirSync(directory, { mode: 0o700 })
  }
}
