import { Merge, mergeResources } from '../merge/merge.ts'
import { OverflowWarnings } from '../merge/overflow-warnings.ts'
import type { DirectoryReader, Snapshot } from '../snapshot/directory-reader.ts'
import { preamble } from './preamble.ts'
import { TextPage } from './text-page.ts'

/** The page of one directory, as of now, again and again: a snapshot, merged, written. */
export class LivePage {
  readonly #reader: DirectoryReader
  readonly #merge: Merge = new Merge()
  readonly #text: TextPage
  readonly #overflows: OverflowWarnings

  constructor(reader: DirectoryReader, warn: (line: string) => void) {
    this.#reader = reader
    this.#text = new TextPage(this.#merge, warn)
    this.#overflows = new OverflowWarnings(warn)
  }

  /** Reads everything and renders it. @param allocate see {@link TextPage.render}. Throws when the directory is gone. */
  render(allocate?: (bytes: number) => Buffer): Buffer {
    const snapshot: Snapshot = this.#reader.read()
    this.#merge.update(snapshot)
    this.#overflows.look(this.#merge)
    return this.#text.render(preamble(snapshot, mergeResources(snapshot), this.#merge), allocate)
  }
}
