import type { VersionSet } from '../sets/version-set.ts'

/** A tool that can be told which versions to install. */
export interface Format {
  /** The name of the file that tells it, in the folder of a service. */
  file(set: VersionSet): string
  /** What has to be in that file, as text to paste. */
  print(set: VersionSet): string
  /**
   * The new text of the file: what was there stays, what the set says is added or replaced. Applied twice it changes
   * nothing more.
   *
   * @param text what the file has; undefined where there is none.
   * @throws {FormatError} when the file is needed and not there, or can't be read.
   */
  apply(set: VersionSet, text: string | undefined): string
}

/** A file that a set can't be written into. The message says why, and the mend. */
export class FormatError extends Error {
  readonly code = 'TUTTI_VERSIONS_FILE_UNUSABLE'
  constructor(message: string) {
    super(message)
    this.name = 'FormatError'
  }
}
