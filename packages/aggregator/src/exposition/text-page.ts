import type { Merge } from '../merge/merge.ts'
import type { MergedSeries, MergedStream } from '../merge/merged-stream.ts'
import { EXPONENTIAL, type ExponentialSize } from '../segment/exponential-cells.ts'
import { exponentialCount } from '../segment/exponential-range.ts'
import { measuresNegatives, type StreamDefinition } from '../segment/stream.ts'
import { type Family, familyHeader, groupIntoFamilies } from './family.ts'
import { MAX_NUMBER_BYTES, writeNumber } from './number.ts'
import { renderSeriesText, type SeriesText } from './series-text.ts'

export const TEXT_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
const LINE_FEED = 10

/** The texts of one stream's series, by index. */
interface StreamTexts {
  readonly stream: MergedStream
  readonly texts: (SeriesText | undefined)[]
  readonly of: (MergedSeries | undefined)[]
  readonly more: Record<string, string>
  version: number
  maxBytes: number
}

interface FamilyTexts {
  readonly name: string
  readonly header: Uint8Array
  readonly streams: StreamTexts[]
}

/**
 * Writes the page in Prometheus' text format 0.0.4. Names and labels are rendered when a series appears; after
 * that a page is made of copies of them with the numbers between.
 */
export class TextPage {
  readonly #merge: Merge
  readonly #warn: (line: string) => void
  readonly #warned: Set<string> = new Set()
  #families: FamilyTexts[] = []
  #streams: readonly MergedStream[] = []
  #definitions: readonly StreamDefinition[] = []

  constructor(merge: Merge, warn: (line: string) => void) {
    this.#merge = merge
    this.#warn = warn
  }

  /**
   * The page of the merge's present totals.
   * @param preamble lines that come first, whole families of their own: `target_info`, metrics about the exposer.
   * @param allocate gives the buffer to write into, at least so many bytes long; what is returned is a part of it.
   */
  render(preamble: string, allocate: (bytes: number) => Buffer = Buffer.allocUnsafeSlow): Buffer {
    this.#follow()
    const page = allocate(Buffer.byteLength(preamble) + this.#maxBytes())
    let at = page.write(preamble)
    for (const { header, streams } of this.#families) {
      const begin = at
      page.set(header, at)
      at += header.length
      const firstSample = at
      for (const { stream, texts } of streams) at = writeStream(page, at, stream, texts)
      // A family whose series are all absent has no header either.
      if (at === firstSample) at = begin
    }
    return page.subarray(0, at)
  }

  /** Takes over what appeared or went since the last page. */
  #follow(): void {
    const streams = [...this.#merge.streams.values()]
    const isKnown = (stream: MergedStream, index: number) =>
      stream === this.#streams[index] && stream.definition === this.#definitions[index]
    if (streams.length !== this.#streams.length || !streams.every(isKnown)) {
      this.#streams = streams
      this.#definitions = streams.map(stream => stream.definition)
      this.#families = this.#group(streams)
    }
    for (const family of this.#families) for (const each of family.streams) refresh(family.name, each)
  }

  #group(streams: readonly MergedStream[]): FamilyTexts[] {
    const known = new Map(this.#families.flatMap(family => family.streams).map(each => [each.stream, each]))
    const families = groupIntoFamilies(streams, (name, kept, left) => {
      this.#warnOnce(
        name,
        `${name} is a ${kept} in one place and a ${left} in another: the page shows the first only.`,
      )
    })
    return families.map(family => ({
      name: family.name,
      header: Buffer.from(familyHeader(family)),
      streams: family.streams.map(stream => {
        const more = this.#apart(family, stream)
        const before = known.get(stream)
        const same = before !== undefined && JSON.stringify(before.more) === JSON.stringify(more)
        return same ? before : { stream, texts: [], of: [], more, version: -1, maxBytes: 0 }
      }),
    }))
  }

  /**
   * Streams of one scope that share a name but not their definition (another unit or other buckets in another
   * process) would give the same sample twice. A label keeps them apart, so that neither spoils the other.
   */
  #apart(family: Family, stream: MergedStream): Record<string, string> {
    const scope = JSON.stringify(stream.definition.scope)
    const alike = family.streams.filter(each => JSON.stringify(each.definition.scope) === scope)
    const position = alike.indexOf(stream)
    if (position === 0) return {}
    this.#warnOnce(
      scope + family.name,
      `${family.name} is defined in ${alike.length} ways in different processes: they are told apart by the label tutti_definition.`,
    )
    return { tutti_definition: String(position + 1) }
  }

  #warnOnce(about: string, line: string): void {
    if (this.#warned.has(about)) return
    this.#warned.add(about)
    this.#warn(line)
  }

  #maxBytes(): number {
    let bytes = 0
    for (const { header, streams } of this.#families) {
      bytes += header.length
      for (const each of streams) bytes += each.maxBytes
    }
    return bytes
  }
}

/** Renders the texts of series that appeared, drops those of series that went. */
function refresh(name: string, each: StreamTexts): void {
  const { stream, texts, of } = each
  if (each.version === stream.version) return
  each.version = stream.version
  each.maxBytes = 0
  stream.series.forEach((series, index) => {
    if (of[index] !== series) {
      of[index] = series
      texts[index] = series && renderSeriesText(name, stream, series.attributes, each.more)
    }
    const text = texts[index]
    if (text !== undefined) each.maxBytes += text.bytes.length + text.ends.length * MAX_NUMBER_BYTES
  })
}

/** Writes one series and returns where it ends. */
type WriteSeries = (page: Buffer, at: number, text: SeriesText, stream: MergedStream, cell: number) => number

function writeStream(
  page: Buffer,
  start: number,
  stream: MergedStream,
  texts: (SeriesText | undefined)[],
): number {
  const write = seriesWriter(stream.definition)
  let at = start
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index]
    if (text !== undefined) at = write(page, at, text, stream, index * stream.cellCount)
  }
  return at
}

function seriesWriter({ aggregation, kind }: StreamDefinition): WriteSeries {
  // Of values that may be negative a sum means nothing (OpenTelemetry metrics SDK, histogram aggregations).
  if (aggregation.type === 'explicitBuckets') return explicitWriter(!measuresNegatives(kind))
  return aggregation.type === 'exponentialBuckets' ? exponentialWriter(aggregation) : writeValue
}

const writeValue: WriteSeries = (page, at, { bytes, ends }, { totals }, cell) => {
  const value = totals[cell]
  return Number.isNaN(value) ? at : writeLine(page, at, bytes, 0, ends[0], value)
}

function explicitWriter(hasSum: boolean): WriteSeries {
  return (page, start, { bytes, ends }, { totals, cellCount }, cell) => {
    const buckets = cellCount - 3
    let at = start
    let from = 0
    let count = 0
    for (let bucket = 0; bucket < buckets; bucket++) {
      count += totals[cell + bucket]
      at = writeLine(page, at, bytes, from, ends[bucket], count)
      from = ends[bucket]
    }
    if (hasSum) at = writeLine(page, at, bytes, from, ends[buckets], totals[cell + buckets])
    return writeLine(page, at, bytes, ends[buckets], ends[buckets + 1], count)
  }
}

function exponentialWriter(size: ExponentialSize): WriteSeries {
  return (page, start, { bytes, ends }, { totals }, cell) => {
    const count = exponentialCount(totals, cell, size)
    let at = writeLine(page, start, bytes, 0, ends[0], count)
    if (!size.negative) at = writeLine(page, at, bytes, ends[0], ends[1], totals[cell + EXPONENTIAL.sum])
    return writeLine(page, at, bytes, ends[1], ends[2], count)
  }
}

function writeLine(
  page: Buffer,
  start: number,
  text: Buffer,
  from: number,
  to: number,
  value: number,
): number {
  text.copy(page, start, from, to)
  const at = writeNumber(page, start + to - from, value)
  page[at] = LINE_FEED
  return at + 1
}
