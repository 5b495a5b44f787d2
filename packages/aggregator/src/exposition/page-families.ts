import type { Merge } from '../merge/merge.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import { isOnPage, type StreamDefinition } from '../segment/stream.ts'
import { DUPLICATE_LABEL } from './distinct-labels.ts'
import { type Family, groupIntoFamilies } from './family.ts'
import { DEFINITION_LABEL, type Naming } from './labels.ts'
import type { Named } from './sample-names.ts'

/** A family on a page, and what tells its streams apart. */
export interface PageFamily extends Family {
  /** For each stream, labels beyond its own. */
  readonly more: ReadonlyMap<MergedStream, Record<string, string>>
}

/** The families of a page; grouped anew only when a stream appeared, went, or got another description. */
export class PageFamilies {
  readonly #merge: Merge
  readonly #naming: Naming
  readonly #warn: (line: string) => void
  readonly #own: Map<string, Named> = new Map()
  readonly #warned: Set<string> = new Set()
  #streams: readonly MergedStream[] = []
  #definitions: readonly StreamDefinition[] = []
  #families: readonly PageFamily[] = []

  constructor(merge: Merge, naming: Naming, warn: (line: string) => void) {
    this.#merge = merge
    this.#naming = naming
    this.#warn = warn
  }

  /**
   * The same array for as long as nothing changed.
   * @param named families that the page has beside these; their names stay theirs.
   */
  follow(named: readonly Named[]): readonly PageFamily[] {
    const ownCount = this.#own.size
    for (const each of named) this.#own.set(each.name, each)
    const streams = [...this.#merge.streams.values()].filter(({ definition }) => isOnPage(definition))
    const isSame =
      this.#own.size === ownCount &&
      streams.length === this.#streams.length &&
      streams.every(
        (stream, index) => stream === this.#streams[index] && stream.definition === this.#definitions[index],
      )
    if (isSame) return this.#families
    this.#streams = streams
    this.#definitions = streams.map(stream => stream.definition)
    const own = [...this.#own.values()]
    const families = groupIntoFamilies(streams, this.#naming, own, (...conflict) =>
      this.#leaveOut(...conflict),
    )
    this.#families = families.map(family => ({ ...family, more: this.#tellApart(family) }))
    return this.#families
  }

  /**
   * Streams of one scope that share a name but not their definition (another unit or other buckets in another
   * process) would give the same sample twice. A label keeps them apart, so that neither spoils the other.
   */
  #tellApart(family: Family): Map<MergedStream, Record<string, string>> {
    const counts = new Map<string, number>()
    const more = new Map<MergedStream, Record<string, string>>()
    for (const stream of family.streams) {
      const scope = this.#naming.hasScopeInfo ? JSON.stringify(stream.definition.scope) : ''
      const position = (counts.get(scope) ?? 0) + 1
      counts.set(scope, position)
      more.set(stream, position === 1 ? {} : { [DEFINITION_LABEL]: String(position) })
      if (position === 1) continue
      this.#warnOnce(
        scope + family.name,
        `${family.name} is defined in several ways in different ${this.#naming.hasScopeInfo ? 'processes' : 'scopes or processes'}: they are told apart by the label ${DEFINITION_LABEL}.`,
      )
    }
    return more
  }

  #leaveOut(left: Named, kept: Named, sample: string): void {
    const line =
      left.name === kept.name && left.type !== kept.type
        ? `${left.name} is a ${kept.type} in one place and a ${left.type} in another: the page shows the first only.`
        : `the ${left.type} ${left.name} is not on the page: ${sample} is a sample of the ${kept.type} ${kept.name}. ` +
          'Give one of them another name, with a view.'
    this.#warnOnce(left.name, line)
  }

  /** Says once of a family that some of its series have the same labels. */
  sayDuplicate({ name }: Family): void {
    this.#warnOnce(
      `${name} ${DUPLICATE_LABEL}`,
      `${name} has different attributes that become the same labels, a number here and a text there: they are told ` +
        `apart by the label ${DUPLICATE_LABEL}.`,
    )
  }

  #warnOnce(about: string, line: string): void {
    if (this.#warned.has(about)) return
    this.#warned.add(about)
    this.#warn(line)
  }
}
