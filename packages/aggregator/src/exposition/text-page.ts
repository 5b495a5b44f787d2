import type { Merge } from '../merge/merge.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import type { CreatedTimes } from './created-times.ts'
import { DistinctLabels, type WriteLabels } from './distinct-labels.ts'
import { labelsOf, type Naming, writeLabels } from './labels.ts'
import type { Format } from './negotiate.ts'
import { type OwnFamilies, type OwnFamily, writeOwnFamilies } from './own-family.ts'
import { PageFamilies, type PageFamily } from './page-families.ts'
import { type Reading, Readings } from './readings.ts'
import { type Created, seriesLines } from './series-lines.ts'
import { linesWriter } from './series-text.ts'
import { inSlices } from './slices.ts'
import { SpareBuffers } from './spare-buffers.ts'
import { StreamText } from './stream-text.ts'
import { type TextFormat, textFormat } from './text-format.ts'

/** A stream's lines, and what they are named by. */
interface NamedText {
  readonly name: string
  readonly text: StreamText
}

/** Writes the page in one of the text formats, again and again: of the page before only what changed is rewritten. */
export class TextPage {
  readonly #families: PageFamilies
  readonly #naming: Naming
  readonly #format: TextFormat
  readonly #created: Created | undefined
  readonly #readings: Readings = new Readings()
  readonly #spares: SpareBuffers = new SpareBuffers()
  #headers: { of: readonly PageFamily[]; bytes: Buffer[] } = { of: [], bytes: [] }
  #texts: Map<MergedStream, NamedText> = new Map()

  /** @param created tells when series began, where that is to be shown. */
  constructor(
    merge: Merge,
    format: Format,
    naming: Naming,
    warn: (line: string) => void,
    created?: CreatedTimes,
  ) {
    this.#naming = naming
    this.#created = created && (series => (created.ofMs(series) ?? Number.NaN) / 1_000)
    this.#format = textFormat(format)
    this.#families = new PageFamilies(merge, this.#naming, warn)
  }

  /**
   * The page of the merge's present totals, slice by slice: each is written when it is asked for, and all of them
   * must be before the totals change.
   * @param own families that come first: `target_info`, metrics about the page itself.
   * @param reading says when the slices are done with; until then they stay as they are.
   */
  render(own: OwnFamilies, reading: Reading): Generator<Buffer> {
    return inSlices(this.#write(own, reading))
  }

  *#write(own: OwnFamilies, reading: Reading): Generator<Buffer> {
    const lastRead = this.#readings.last
    const page = this.#readings.add(reading)
    const ownFamilies = own(this.#naming)
    const families = this.#follow(ownFamilies)
    yield Buffer.from(writeOwnFamilies(ownFamilies, this.#format))
    for (const [index, family] of families.entries()) {
      let isEmpty = true
      for (const stream of family.streams) {
        for (const part of this.#texts.get(stream)!.text.render(page, lastRead, this.#spares)) {
          if (part.length === 0) continue
          // A family whose series are all absent has no header either.
          if (isEmpty) yield this.#headers.bytes[index]
          isEmpty = false
          yield part
        }
      }
    }
    yield Buffer.from(this.#format.end)
  }

  /** Takes over what streams and families appeared or went since the last page. */
  #follow(own: readonly OwnFamily[]): readonly PageFamily[] {
    const families = this.#families.follow(own)
    if (families === this.#headers.of) return families
    this.#headers = { of: families, bytes: families.map(family => Buffer.from(this.#format.header(family))) }
    const known = this.#texts
    this.#texts = new Map()
    for (const family of families) {
      for (const stream of family.streams) {
        const name = JSON.stringify([family.name, this.#createdName(family), family.more.get(stream)])
        const same = known.get(stream)?.name === name ? known.get(stream) : undefined
        this.#texts.set(stream, same ?? { name, text: this.#textOf(family, stream) })
      }
    }
    return families
  }

  #textOf(family: PageFamily, stream: MergedStream): StreamText {
    const { definition } = stream
    const own = family.more.get(stream)
    const writeMore: WriteLabels<string> = (attributes, more) =>
      writeLabels(labelsOf(attributes, definition, this.#naming, { ...own, ...more }))
    const labels = new DistinctLabels(stream, writeMore, () => this.#families.sayDuplicate(family))
    const createdName = this.#createdName(family)
    const lines = seriesLines(definition, this.#format, createdName === undefined ? undefined : this.#created)
    const names = { name: family.name, createdName }
    const write = linesWriter(names, lines, this.#format, series => labels.of(series))
    return new StreamText(stream, lines, write, isSampled(family) ? this.#format.exemplar : undefined)
  }

  /** The sample that says when a series began; undefined where there is none. */
  #createdName(family: PageFamily): string | undefined {
    return this.#created && this.#format.createdName(family)
  }
}

/** Only what counts has exemplars in OpenMetrics: counters, by their name, and histograms' buckets. */
function isSampled({ type, baseName }: PageFamily): boolean {
  return type === 'histogram' || baseName !== undefined
}
