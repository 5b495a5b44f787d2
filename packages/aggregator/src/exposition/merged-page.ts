import { folder } from '../ledger/folder.ts'
import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { LivePage } from './live-page.ts'
import { negotiate } from './negotiate.ts'
import { type PageOptions, pageOptionsOf } from './page-options.ts'

/** A page as it is answered with. */
export interface RenderedPage {
  readonly contentType: string
  readonly body: Buffer
}

/** The page of a directory for a process that shows it itself, again and again: what was parsed once is kept. */
export class MergedPage {
  readonly #reader: DirectoryReader
  readonly #page: LivePage

  constructor(directory: string, options: PageOptions, warn: (line: string) => void) {
    this.#reader = new DirectoryReader(directory, Date.now, warn)
    const fold = folder(this.#reader, warn)
    this.#page = new LivePage(this.#reader, { ...pageOptionsOf(options), warn, fold })
  }

  /** Throws when the directory is gone. */
  render(accept: string | undefined): RenderedPage {
    const format = negotiate(accept)
    this.#page.update()
    return { contentType: format.contentType, body: this.#page.write(format) }
  }

  close(): void {
    this.#reader.close()
  }
}
