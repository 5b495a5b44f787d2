import type { Attributes } from '@opentelemetry/api'
import { Merge, mergeResources } from '../merge/merge.ts'
import { OverflowWarnings } from '../merge/overflow-warnings.ts'
import type { DirectoryReader, Snapshot } from '../snapshot/directory-reader.ts'
import { CreatedTimes } from './created-times.ts'
import type { ExposerFigures } from './exposer-figures.ts'
import type { Naming } from './labels.ts'
import type { Format } from './negotiate.ts'
import { constantLabelFilter, type PageOptions } from './page-options.ts'
import { preamble } from './preamble.ts'
import { withoutPrivate } from './private-attributes.ts'
import { ProtobufPage } from './protobuf-page.ts'
import { NO_READING, type Reading } from './readings.ts'
import { DEFAULT_STRATEGY } from './strategy.ts'
import { TextPage } from './text-page.ts'

export interface LivePageOptions extends PageOptions {
  /** What the exposer tells of itself on the page. */
  readonly figures?: ExposerFigures
  /** Folds the dead; returns whether anybody was folded. Without it they are only read. */
  readonly fold?: () => boolean
  readonly warn: (line: string) => void
}

/** Every format keeps the texts of all series: few clients differ, and who tries them all must not fill the memory. */
const MAX_FORMATS = 4

/** The page of one directory, as of now, again and again: a snapshot, merged, written. */
export class LivePage {
  readonly #reader: DirectoryReader
  readonly #options: LivePageOptions
  readonly #isConstant: (key: string) => boolean
  readonly #created: CreatedTimes | undefined
  readonly #merge: Merge = new Merge()
  readonly #overflows: OverflowWarnings
  /** By content type and constant labels, the one that was asked for last at the end. */
  readonly #pages: Map<string, TextPage | ProtobufPage> = new Map()
  #snapshot: Snapshot | undefined

  constructor(reader: DirectoryReader, options: LivePageOptions) {
    this.#reader = reader
    this.#options = options
    this.#created = options.createdTimestamps ? new CreatedTimes() : undefined
    this.#isConstant = constantLabelFilter(options)
    this.#overflows = new OverflowWarnings(options.warn)
  }

  /** Reads everything: what {@link write} writes is as of now. Throws when the directory is gone. */
  update(): void {
    const { segments } = this.#read()
    const hasDead = segments.some(({ alive }) => !alive)
    // Of those who died the page then shows the same, and no longer counts their segments.
    if (hasDead && this.#options.fold?.()) this.#read()
  }

  /** The page in one piece, which is the caller's. */
  write(format: Format): Buffer {
    return Buffer.concat([...this.render(format, NO_READING)])
  }

  /**
   * The page in slices, each written when it is asked for: all of them before the next {@link update}.
   * @param reading says when the slices are done with; until then they stay as they are.
   */
  render(format: Format, reading: Reading): Iterable<Buffer> {
    const snapshot = this.#snapshot
    if (snapshot === undefined) throw new Error('update() comes before write()')
    const { shownAttributes, figures, withoutTargetInfo } = this.#options
    const resource = withoutPrivate(mergeResources(snapshot), shownAttributes)
    const page = this.#pageIn(format, this.#constantOf(resource))
    const described = { snapshot, merge: this.#merge, resource, withoutTargetInfo }
    const own = (naming: Naming) => [
      ...preamble(described, naming),
      ...(figures?.families(this.#merge, naming) ?? []),
    ]
    return page.render(own, reading)
  }

  #read(): Snapshot {
    const snapshot = this.#reader.read(each => this.#merge.update(each))
    this.#snapshot = snapshot
    this.#created?.follow(snapshot)
    this.#overflows.look(this.#merge)
    return snapshot
  }

  #constantOf(resource: Attributes): Attributes {
    return Object.fromEntries(Object.entries(resource).filter(([key]) => this.#isConstant(key)))
  }

  #pageIn(format: Format, constant: Attributes): TextPage | ProtobufPage {
    // With other constant labels every text is another one.
    const key = format.contentType + JSON.stringify(constant)
    const page = this.#pages.get(key) ?? this.#create(format, constant)
    this.#pages.delete(key)
    this.#pages.set(key, page)
    if (this.#pages.size > MAX_FORMATS) this.#pages.delete(this.#pages.keys().next().value!)
    return page
  }

  #create(format: Format, constant: Attributes): TextPage | ProtobufPage {
    const { translationStrategy: strategy = DEFAULT_STRATEGY, withoutScopeInfo, warn } = this.#options
    const naming = { strategy, escaping: format.escaping, constant, hasScopeInfo: withoutScopeInfo !== true }
    const Page = format.kind === 'protobuf' ? ProtobufPage : TextPage
    return new Page(this.#merge, format, naming, warn, this.#created)
  }
}
