import { BinaryWriter } from '@bufbuild/protobuf/wire'
import type { Merge } from '../merge/merge.ts'
import type { MergedSeries } from '../merge/merged-series.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import type { CreatedTimes } from './created-times.ts'
import { DistinctLabels, type WriteLabels } from './distinct-labels.ts'
import { labelsOf, type Naming } from './labels.ts'
import type { Format } from './negotiate.ts'
import type { OwnFamilies, OwnFamily } from './own-family.ts'
import { PageFamilies, type PageFamily } from './page-families.ts'
import { METRIC, writeHead, writeLabels } from './protobuf-fields.ts'
import { writeValueOf } from './protobuf-values.ts'

/**
 * Writes the page as delimited `io.prometheus.client.MetricFamily` messages: the format in which Prometheus reads
 * native histograms, which is what exponential ones become. Labels are encoded when a series appears.
 */
export class ProtobufPage {
  readonly #families: PageFamilies
  readonly #naming: Naming
  readonly #created: CreatedTimes | undefined
  /** Encoded labels; they go when their series goes. */
  readonly #labels: WeakMap<MergedSeries, Uint8Array> = new WeakMap()
  readonly #distinct: WeakMap<MergedStream, DistinctLabels<Uint8Array>> = new WeakMap()

  /** @param created tells when series began, where that is to be shown. */
  constructor(
    merge: Merge,
    _format: Format,
    naming: Naming,
    warn: (line: string) => void,
    created?: CreatedTimes,
  ) {
    this.#naming = naming
    this.#created = created
    this.#families = new PageFamilies(merge, this.#naming, warn)
  }

  /** The page of the merge's present totals, in one piece. @param own families that come first. */
  render(own: OwnFamilies): [Buffer] {
    const page = new BinaryWriter()
    const ownFamilies = own(this.#naming)
    for (const family of ownFamilies) writeOwnFamily(page, family)
    for (const family of this.#families.follow(ownFamilies)) this.#writeFamily(page, family)
    const { buffer, byteOffset, byteLength } = page.finish()
    return [Buffer.from(buffer, byteOffset, byteLength)]
  }

  #writeFamily(page: BinaryWriter, family: PageFamily): void {
    const message = new BinaryWriter()
    let count = 0
    for (const stream of family.streams) count += this.#writeStream(message, family, stream)
    if (count === 0) return
    page.fork()
    writeHead(page, family)
    page.raw(message.finish()).join()
  }

  /** Returns how many series there were to write. */
  #writeStream(message: BinaryWriter, family: PageFamily, stream: MergedStream): number {
    const write = writeValueOf(stream, family.type, index => this.#created?.ofMs(stream.series[index]!))
    let count = 0
    stream.series.forEach((series, index) => {
      if (series === undefined || !write.has(index)) return
      message.uint32(METRIC.tag).fork()
      message.raw(this.#labelsOf(family, stream, series))
      write.value(message, index)
      message.join()
      count++
    })
    return count
  }

  #labelsOf(family: PageFamily, stream: MergedStream, series: MergedSeries): Uint8Array {
    let bytes = this.#labels.get(series)
    if (bytes === undefined) {
      bytes = this.#distinctOf(family, stream).of(series)
      this.#labels.set(series, bytes)
    }
    return bytes
  }

  #distinctOf(family: PageFamily, stream: MergedStream): DistinctLabels<Uint8Array> {
    const known = this.#distinct.get(stream)
    if (known !== undefined) return known
    const { definition } = stream
    const own = family.more.get(stream)
    const write: WriteLabels<Uint8Array> = (attributes, more) =>
      writeLabels(labelsOf(attributes, definition, this.#naming, { ...own, ...more }))
    const distinct = new DistinctLabels(stream, write, () => this.#families.sayDuplicate(family))
    this.#distinct.set(stream, distinct)
    return distinct
  }
}

function writeOwnFamily(page: BinaryWriter, family: OwnFamily): void {
  page.fork()
  writeHead(page, family)
  const field = family.type === 'counter' ? METRIC.counter : METRIC.gauge
  for (const { labels, value } of family.samples) {
    page.uint32(METRIC.tag).fork().raw(writeLabels(labels))
    page.uint32(field).fork().uint32(METRIC.value).double(value).join().join()
  }
  page.join()
}
