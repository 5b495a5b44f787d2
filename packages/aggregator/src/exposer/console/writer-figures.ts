import { readSync } from 'node:fs'
import { HEADER } from '../../segment/layout.ts'
import { parseAttributes } from '../../segment/stream.ts'
import type { SegmentReader } from '../../snapshot/segment-reader.ts'

/** What only a segment tells of its writer: the page adds all of them up. */
export interface WriterFigures {
  readonly pid: number
  /** Of `worker_threads`; 0 for a main thread. */
  readonly threadId: number
  /** Requests that it answered as an HTTP server. */
  readonly requests: number
  /** Of those: answers from 500 on, and requests that ended in an error. */
  readonly errors: number
}

const REQUESTS = 'http.server.request.duration'

export function writerFigures(segment: SegmentReader): WriterFigures {
  const known = knownOf(segment)
  let [requests, errors] = [0, 0]
  for (const { slot, bucketCount, isError } of known.series) {
    let count = 0
    for (let at = slot; at < slot + bucketCount; at++) count += segment.cells[at]
    requests += count
    if (isError) errors += count
  }
  return { pid: known.pid, threadId: known.threadId, requests, errors }
}

/** What does not change of a segment: its entries are looked at once. */
interface Known {
  readonly pid: number
  readonly threadId: number
  /** So many of the segment's series have been looked at. */
  lookedAt: number
  /** Those of {@link REQUESTS}. */
  readonly series: { slot: number; bucketCount: number; isError: boolean }[]
}

const KNOWN: WeakMap<SegmentReader, Known> = new WeakMap()

function knownOf(segment: SegmentReader): Known {
  const known = KNOWN.get(segment) ?? { ...identityOf(segment), lookedAt: 0, series: [] }
  KNOWN.set(segment, known)
  for (; known.lookedAt < segment.series.length; known.lookedAt++) {
    const { instrument, slot, cellCount, text } = segment.series[known.lookedAt]
    const definition = segment.definitions[instrument]
    if (definition?.name !== REQUESTS || definition.aggregation.type !== 'explicitBuckets') continue
    const { 'http.response.status_code': status, 'error.type': type } = parseAttributes(text) ?? {}
    const isError = Number(status) >= 500 || (status === undefined && type !== undefined)
    // Its cells: a count a bucket, then sum, min and max.
    known.series.push({ slot, bucketCount: cellCount - 3, isError })
  }
  return known
}

/** NaN when that can't be read. */
function identityOf({ fd }: SegmentReader): Pick<WriterFigures, 'pid' | 'threadId'> {
  const bytes = Buffer.alloc(16)
  const isRead = readSync(fd, bytes, 0, 16, HEADER.pid) === 16
  const at = (offset: number) => (isRead ? bytes.readDoubleLE(offset) : Number.NaN)
  return { pid: at(0), threadId: at(HEADER.threadId - HEADER.pid) }
}
