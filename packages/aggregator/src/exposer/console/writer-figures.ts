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
  const identity = Buffer.alloc(16)
  const isRead = readSync(segment.fd, identity, 0, 16, HEADER.pid) === 16
  const at = (offset: number) => (isRead ? identity.readDoubleLE(offset) : Number.NaN)
  return { pid: at(0), threadId: at(HEADER.threadId - HEADER.pid), requests, errors }
}
