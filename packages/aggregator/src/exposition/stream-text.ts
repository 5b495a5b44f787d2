import type { MergedSeries } from '../merge/merged-series.ts'
import type { MergedStream } from '../merge/merged-stream.ts'
import type { SeriesLines } from './series-lines.ts'
import type { WriteLines } from './series-text.ts'
import type { SpareBuffers } from './spare-buffers.ts'
import { type LineValues, TextBlock } from './text-block.ts'
import type { TextFormat } from './text-format.ts'

/** So many lines are written together: more than the processor's nearest memory holds would be slower. */
const BLOCK_LINES = 1_024

/** Some series of a stream that follow one another, and their lines. */
interface Part {
  series: readonly (MergedSeries | undefined)[]
  /** Of those that are there. */
  indexes: Uint32Array
  /** Undefined: to be made. */
  block: TextBlock | undefined
  /** The page since which its bytes are where they are. */
  since: number
}

/** One stream on a page. Names and labels are written when a series appears; after that its numbers are. */
export class StreamText {
  readonly #stream: MergedStream
  readonly #lines: SeriesLines
  readonly #write: WriteLines
  readonly #exemplar: TextFormat['exemplar']
  readonly #seriesInPart: number
  readonly #parts: Part[] = []
  #version = -1
  /** What the lines of the part at hand say. */
  #values: Float64Array = new Float64Array(0)

  /** @param exemplar how one is written; undefined where the stream shows none. */
  constructor(stream: MergedStream, lines: SeriesLines, write: WriteLines, exemplar: TextFormat['exemplar']) {
    this.#stream = stream
    this.#lines = lines
    this.#write = write
    this.#exemplar = exemplar
    this.#seriesInPart = Math.max(1, Math.floor(BLOCK_LINES / lines.count))
  }

  /**
   * The lines of all series with their present values, part by part: each is written when it is asked for.
   * @param page the number of the page that is being written; they ascend.
   * @param lastRead the last page that somebody still reads: what it is made of stays as it is.
   */
  *render(page: number, lastRead: number, spares: SpareBuffers): Generator<Buffer> {
    this.#follow()
    for (const part of this.#parts) {
      const says = this.#read(part.indexes)
      const before = part.block?.bytes
      if (!part.block?.update(says, part.since > lastRead)) part.block = this.#make(part, says, spares)
      const { bytes } = part.block
      if (bytes !== before) part.since = page
      yield bytes
    }
  }

  /** Finds the parts in which series appeared or went since the last page. */
  #follow(): void {
    const { series, version } = this.#stream
    if (this.#version === version) return
    this.#version = version
    const size = this.#seriesInPart
    this.#parts.length = Math.min(this.#parts.length, Math.ceil(series.length / size))
    for (let from = 0, part = 0; from < series.length; from += size, part++) {
      const known = this.#parts[part]
      const present = series.slice(from, from + size)
      const isSame =
        known?.series.length === present.length &&
        present.every((each, index) => each === known.series[index])
      if (isSame) continue
      const indexes = Uint32Array.from(present.keys()).filter(index => present[index] !== undefined)
      this.#parts[part] = {
        series: present,
        indexes: indexes.map(index => from + index),
        block: undefined,
        since: 0,
      }
    }
  }

  #read(indexes: Uint32Array): LineValues {
    const { count, isOptional } = this.#lines
    const lineCount = indexes.length * count
    if (this.#values.length < lineCount) this.#values = new Float64Array(lineCount)
    this.#lines.read(this.#stream, indexes, this.#values)
    return { values: this.#values, exemplars: this.#exemplarsOf(indexes), isOptional }
  }

  #exemplarsOf(indexes: Uint32Array): (string | undefined)[] | undefined {
    const write = this.#exemplar
    const { exemplars } = this.#stream
    if (write === undefined || exemplars.isEmpty) return undefined
    const texts = new Array<string | undefined>(indexes.length * this.#lines.count)
    indexes.forEach((index, each) => {
      const ofSeries = this.#lines.spread(exemplars.at(index))
      ofSeries.forEach((exemplar, line) => {
        texts[each * this.#lines.count + line] = exemplar && write(exemplar)
      })
    })
    return texts
  }

  #make({ series }: Part, says: LineValues, spares: SpareBuffers): TextBlock {
    const texts = series.flatMap(each => (each === undefined ? [] : this.#write(each)))
    return new TextBlock(texts, says, spares)
  }
}
