import { DirectoryReader, type WriterFigures, writerFigures } from '@tutti/aggregator/inspect'
import type { Writers } from './writers.ts'

/** From the segments of a directory. */
export class SegmentWriters implements Writers {
  readonly #reader: DirectoryReader

  constructor(directory: string) {
    this.#reader = new DirectoryReader(directory)
  }

  /** Nothing while the directory can't be read: whoever reads the page says so. */
  read(): Map<number, WriterFigures> {
    try {
      const { segments } = this.#reader.read()
      return new Map(
        segments.filter(({ alive }) => alive).map(segment => [segment.worker, writerFigures(segment)]),
      )
    } catch {
      return new Map()
    }
  }

  close(): void {
    this.#reader.close()
  }
}
