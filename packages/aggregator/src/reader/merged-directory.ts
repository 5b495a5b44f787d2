import { folder } from '../ledger/folder.ts'
import { Merge } from '../merge/merge.ts'
import { DirectoryReader, type Snapshot } from '../snapshot/directory-reader.ts'

/** The directory as all readers of a provider see it: read anew for each collection, parsed once. */
export class MergedDirectory {
  readonly merge: Merge = new Merge()
  readonly #reader: DirectoryReader
  readonly #fold: () => void
  #isClosed = false

  constructor(directory: string, warn: (line: string) => void) {
    this.#reader = new DirectoryReader(directory)
    this.#fold = folder(this.#reader, warn)
  }

  /**
   * Makes the merge's totals the present ones, and folds the dead: there may be no exposer to do it. Throws when the
   * directory is gone, or this was closed.
   */
  read(): Snapshot {
    if (this.#isClosed) throw new Error('the provider of this reader was shut down')
    this.#fold()
    const snapshot = this.#reader.read()
    this.merge.update(snapshot)
    return snapshot
  }

  close(): void {
    this.#isClosed = true
    this.#reader.close()
  }
}
