import { readSync } from 'node:fs'
import { DirectoryReader, HEADER, parseAttributes, type SegmentReader } from '@tutti/aggregator/inspect'

/** What only a segment tells: the page adds all workers up. */
export interface WriterFigures {
  readonly pid: number
  readonly requests: number
  readonly errors: number
}

const REQUESTS = 'http.server.request.duration'

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
        segments.filter(({ alive }) => alive).map(segment => [segment.worker, figuresOf(segment)]),
      )
    } catch {
      return new Map()
    }
  }

  close(): void {
    this.#reader.close()
  }
}

function figuresOf(segment: SegmentReader): WriterFigures {
  let [requests, errors] = [0, 0]
  for (const { instrument, slot, cellCount, text } of segment.series) {
    const definition = segment.definitions[instrument]
    if (definition?.name !== REQUESTS || definition.aggregation.type !== 'explicitBuckets') continue
    // Its cells: a count a bucket, then sum, min and max.
    const counts = segment.cells.subarray(slot, slot + cellCount - 3)
    const count = counts.reduce((sum, each) => sum + each, 0)
    requests += count
    const { 'http.response.status_code': status, 'error.type': type } = parseAttributes(text) ?? {}
    if (Number(status) >= 500 || (status === undefined && type !== undefined)) errors += count
  }
  return { pid: pidOf(segment), requests, errors }
}

function pidOf({ fd }: SegmentReader): number {
  const bytes = Buffer.alloc(8)
  return readSync(fd, bytes, 0, 8, HEADER.pid) === 8 ? bytes.readDoubleLE(0) : Number.NaN
}
