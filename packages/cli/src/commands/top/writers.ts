import { DirectoryReader, type WriterFigures, writerFigures } from '@tutti/aggregator/inspect'

/** Reads the requests of each living writer, again and again. */
export class WriterReader {
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
