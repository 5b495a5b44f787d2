import { closeSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { createNewborn } from '../directory/newborn.ts'
import { writeLedger } from '../ledger/write-ledger.ts'
import { streamIdentity } from '../segment/stream.ts'
import { SegmentReader } from '../snapshot/segment-reader.ts'
import { ExportedStream } from './exported-stream.ts'

/** What a reader has exported, and up to when. */
export interface Exported {
  /** By identity. */
  readonly streams: Map<string, ExportedStream>
  /** Milliseconds since the epoch; undefined before the first collection. */
  untilMs: number | undefined
}

/**
 * The totals that a push reader has exported outlive its process in a file, so that whoever is elected next goes on
 * from there. It has the ledger's format; the time up to which was exported stands where a ledger's run began.
 */
export function writeExported(path: string, { streams, untilMs = 0 }: Exported): void {
  const newborn = createNewborn(dirname(path))
  try {
    writeLedger(newborn.fd, { ...NOBODY, streams: streams.values(), startTimeMs: untilMs })
    renameSync(newborn.path, path)
  } catch (error) {
    newborn.forget()
    throw error
  } finally {
    closeSync(newborn.fd)
  }
}

const NOBODY = { resource: {}, folded: [], foldedEnded: 0, foldedKilled: 0, beginning: undefined }

/** Undefined when nothing was exported in this run. Throws when the file can't be read. */
export function readExported(path: string): Exported | undefined {
  let reader: SegmentReader
  try {
    reader = new SegmentReader(path, 'ledger')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    reader.refresh()
    return { streams: streamsOf(reader), untilMs: reader.startTimeMs }
  } finally {
    reader.close()
  }
}

function streamsOf({ definitions, series, cells }: SegmentReader): Map<string, ExportedStream> {
  const streams = new Map<string, ExportedStream>()
  for (const { instrument, text, slot, cellCount } of series) {
    const definition = definitions[instrument]
    if (definition === undefined) continue
    const identity = streamIdentity(definition)
    let stream = streams.get(identity)
    if (stream === undefined) {
      stream = new ExportedStream(definition)
      streams.set(identity, stream)
    }
    const low = cellCount > stream.cellCount ? cells[slot + stream.cellCount] : 0
    stream.store(text, cells, slot, low)
  }
  return streams
}
