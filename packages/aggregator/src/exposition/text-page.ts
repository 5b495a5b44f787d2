import type { Merge } from '../merge/merge.ts'
import type { MergedSeries, MergedStream } from '../merge/merged-stream.ts'
import { exemplarPlaces } from '../segment/exemplar-cells.ts'
import type { CreatedTimes } from './created-times.ts'
import { DistinctLabels, type WriteLabels } from './distinct-labels.ts'
import { labelsOf, type Naming, writeLabels } from './labels.ts'
import type { Format } from './negotiate.ts'
import { MAX_NUMBER_BYTES } from './number.ts'
import { type OwnFamilies, type OwnFamily, writeOwnFamilies } from './own-family.ts'
import { PageFamilies, type PageFamily } from './page-families.ts'
import { renderSeriesText, type SeriesText } from './series-text.ts'
import { type TextFormat, textFormat } from './text-format.ts'
import { seriesWriter, writeCreated } from './write-series.ts'

/** A line's exemplar: two ids, a value, a time, and what is around them. */
const MAX_EXEMPLAR_BYTES = 160

/** The texts of one stream's series, by index. */
interface StreamTexts {
  readonly texts: (SeriesText | undefined)[]
  readonly of: (MergedSeries | undefined)[]
  readonly labels: DistinctLabels<string>
  /** The sample that says when a series began; undefined where there is none. */
  readonly createdName: string | undefined
  version: number
  maxBytes: number
}

/**
 * Writes the page in one of the text formats. Names and labels are rendered when a series appears; after that a
 * page is made of copies of them with the numbers between.
 */
export class TextPage {
  readonly #families: PageFamilies
  readonly #naming: Naming
  readonly #format: TextFormat
  readonly #created: CreatedTimes | undefined
  #headers: { of: readonly PageFamily[]; bytes: Buffer[] } = { of: [], bytes: [] }
  #texts: Map<MergedStream, StreamTexts> = new Map()

  /** @param created tells when series began, where that is to be shown. */
  constructor(
    merge: Merge,
    format: Format,
    naming: Naming,
    warn: (line: string) => void,
    created?: CreatedTimes,
  ) {
    this.#naming = naming
    this.#created = created
    this.#format = textFormat(format)
    this.#families = new PageFamilies(merge, this.#naming, warn)
  }

  /**
   * The page of the merge's present totals.
   * @param own families that come first: `target_info`, metrics about the page itself.
   * @param allocate gives the buffer to write into, at least so many bytes long; what is returned is a part of it.
   */
  render(own: OwnFamilies, allocate: (bytes: number) => Buffer = Buffer.allocUnsafeSlow): Buffer {
    const ownFamilies = own(this.#naming)
    const preamble = writeOwnFamilies(ownFamilies, this.#format)
    const families = this.#follow(ownFamilies)
    const page = allocate(Buffer.byteLength(preamble) + this.#maxBytes(families) + this.#format.end.length)
    let at = page.write(preamble)
    families.forEach((family, index) => {
      at = this.#writeFamily(page, at, family, this.#headers.bytes[index])
    })
    at += page.write(this.#format.end, at)
    return page.subarray(0, at)
  }

  #writeFamily(page: Buffer, start: number, family: PageFamily, header: Buffer): number {
    header.copy(page, start)
    const firstSample = start + header.length
    let at = firstSample
    for (const stream of family.streams) at = this.#writeStream(page, at, family, stream)
    // A family whose series are all absent has no header either.
    return at === firstSample ? start : at
  }

  #writeStream(page: Buffer, start: number, family: PageFamily, stream: MergedStream): number {
    const { texts, createdName } = this.#texts.get(stream)!
    const write = seriesWriter(stream.definition)
    const format = this.#format
    const isSampled = this.#isSampled(family, stream)
    const created = createdName === undefined ? undefined : this.#created
    let at = start
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index]
      if (text === undefined) continue
      const exemplars = isSampled ? stream.exemplars.at(index) : undefined
      const writing = { page, stream, text, cell: index * stream.cellCount, exemplars, format }
      const end = write(writing, at)
      // Of what is not there nobody is told when it began.
      at = created && end > at ? writeCreated(writing, end, created.ofMs(stream.series[index]!)) : end
    }
    return at
  }

  /** Only what counts has exemplars in OpenMetrics: counters, by their name, and histograms' buckets. */
  #isSampled({ type, baseName }: PageFamily, { exemplars }: MergedStream): boolean {
    if (this.#format.exemplar === undefined || exemplars.isEmpty) return false
    return type === 'histogram' || baseName !== undefined
  }

  /** Takes over what appeared or went since the last page. */
  #follow(own: readonly OwnFamily[]): readonly PageFamily[] {
    const families = this.#families.follow(own)
    if (families !== this.#headers.of) {
      this.#headers = {
        of: families,
        bytes: families.map(family => Buffer.from(this.#format.header(family))),
      }
      const texts = families.flatMap(family => {
        const createdName = this.#created && this.#format.createdName(family)
        return family.streams.map(stream => [stream, this.#textsOf(family, stream, createdName)] as const)
      })
      this.#texts = new Map(texts)
    }
    for (const family of families) for (const stream of family.streams) this.#refresh(family, stream)
    return families
  }

  #textsOf(family: PageFamily, stream: MergedStream, createdName: string | undefined): StreamTexts {
    const known = this.#texts.get(stream)
    if (known?.createdName === createdName && known !== undefined) return known
    const { definition } = stream
    const own = family.more.get(stream)
    const write: WriteLabels<string> = (attributes, more) =>
      writeLabels(labelsOf(attributes, definition, this.#naming, { ...own, ...more }))
    const labels = new DistinctLabels(stream, write, () => this.#families.sayDuplicate(family))
    return { texts: [], of: [], labels, createdName, version: -1, maxBytes: 0 }
  }

  /** Renders the texts of series that appeared, drops those of series that went. */
  #refresh(family: PageFamily, stream: MergedStream): void {
    const each = this.#texts.get(stream)!
    if (each.version === stream.version) return
    each.version = stream.version
    each.maxBytes = 0
    const { createdName, labels } = each
    const writing = { format: this.#format, createdName }
    stream.series.forEach((series, index) => {
      if (each.of[index] !== series) {
        each.of[index] = series
        each.texts[index] =
          series && renderSeriesText(family.name, stream.definition, labels.of(series), writing)
      }
      const text = each.texts[index]
      if (text !== undefined) each.maxBytes += text.bytes.length + text.ends.length * MAX_NUMBER_BYTES
    })
  }

  #maxBytes(families: readonly PageFamily[]): number {
    let bytes = 0
    for (const header of this.#headers.bytes) bytes += header.length
    for (const family of families) {
      for (const stream of family.streams) {
        bytes += this.#texts.get(stream)!.maxBytes
        if (!this.#isSampled(family, stream)) continue
        bytes += stream.series.length * exemplarPlaces(stream.definition.aggregation) * MAX_EXEMPLAR_BYTES
      }
    }
    return bytes
  }
}
