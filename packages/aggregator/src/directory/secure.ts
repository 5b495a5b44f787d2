import { chmodSync, lstatSync, mkdirSync } from 'node:fs'

/** A directory that segments can't be kept in. `code` is stable; the message says the mend. */
export class DirectoryError extends Error {
  readonly code = 'TUTTI_DIRECTORY_UNUSABLE'
  constructor(directory: string, why: string, mend: string) {
    super(`directory ${directory} can't be used: ${why}. ${mend}`)
    this.name = 'DirectoryError'
  }
}

/**
 * Makes the directory if it is missing and checks that it is private: a real directory, ours, closed to others.
 * Segments of another user, or a symbolic link where the directory should be, could make us read or write
 * somebody else's files. Throws {@link DirectoryError}.
 */
export function secureDirectory(directory: string, uid: number | undefined = process.getuid?.()): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const found = lstatSync(directory)
    if (found.isSymbolicLink())
      throw new DirectoryError(directory, 'it is a symbolic link', 'Name its target instead.')
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
