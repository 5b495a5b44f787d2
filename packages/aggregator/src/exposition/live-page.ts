import { Merge, mergeResources } from '../merge/merge.ts'
import type { DirectoryReader, Snapshot } from '../snapshot/directory-reader.ts'
import type { ExposerFigures } from './exposer-figures.ts'
import type { Format } from './negotiate.ts'
import { preamble } from './preamble.ts'
import { withoutPrivate } from './private-attributes.ts'
import { ProtobufPage } from './protobuf-page.ts'
import { DEFAULT_STRATEGY, type TranslationStrategy } from './strategy.ts'
import { TextPage } from './text-page.ts'

export interface PageOptions {
  /** How names are translated. Default {@link DEFAULT_STRATEGY}. */
  readonly strategy?: TranslationStrategy
  /** Private resource attributes that `target_info` shows all the same; `*` for all. Default: none. */
  readonly shownAttributes?: readonly string[] | undefined
  /** What the exposer tells of itself on the page. */
  readonly figures?: ExposerFigures
  readonly warn: (line: string) => void
}

/** Every format keeps the texts of all series: few clients differ, and who tries them all must not fill the memory. */
const MAX_FORMATS = 4

/** The page of one directory, as of now, again and again: a snapshot, merged, written. */
export class LivePage {
  readonly #reader: DirectoryReader
  readonly #options: PageOptions
  readonly #merge: Merge = new Merge()
  /** By content type, the one that was asked for last at the end. */
  readonly #pages: Map<string, TextPage | ProtobufPage> = new Map()
  #snapshot: Snapshot | undefined

  constructor(reader: DirectoryReader, options: PageOptions) {
    this.#reader = reader
    this.#options = options
  }

  /** Reads everything: what {@link write} writes is as of now. Throws when the directory is gone. */
  update(): void {
    this.#snapshot = this.#reader.read()
    this.#merge.update(this.#snapshot)
  }

  /** @param allocate gives memory of at least so many bytes to write into; what is returned may be a part of it. */
  write(format: Format, allocate?: (bytes: number) => Buffer): Buffer {
    const snapshot = this.#snapshot
    if (snapshot === undefined) throw new Error('update() comes before write()')
    const { shownAttributes, figures } = this.#options
    const resource = withoutPrivate(mergeResources(snapshot), shownAttributes)
    const exposer = figures?.families(this.#merge) ?? []
    return this.#pageIn(format).render(
      naming => [...preamble(snapshot, resource, naming), ...exposer],
      allocate,
    )
  }

  #pageIn(format: Format): TextPage | ProtobufPage {
    const page = this.#pages.get(format.contentType) ?? this.#create(format)
    this.#pages.delete(format.contentType)
    this.#pages.set(format.contentType, page)
    if (this.#pages.size > MAX_FORMATS) this.#pages.delete(this.#pages.keys().next().value!)
    return page
  }

  #create(format: Format): TextPage | ProtobufPage {
    const { strategy = DEFAULT_STRATEGY, warn } = this.#options
    const Page = format.kind === 'protobuf' ? ProtobufPage : TextPage
    return new Page(this.#merge, format, strategy, warn)
  }
}
