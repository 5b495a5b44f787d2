import { CHUNK, ENTRY, ENTRY_KIND, HEADER, LIVENESS, MAGIC, STATE } from '@tutti/aggregator/inspect'
import type { FieldSpec } from './field.ts'

/** The header's fields, with what their values mean. Where they are is said by segment/layout.ts alone. */
export const HEADER_FIELDS: readonly FieldSpec[] = [
  {
    name: 'magic',
    at: HEADER.magic,
    kind: 'u32',
    meaning: value => (value === MAGIC ? '"TUTT": it is a segment' : 'not a segment'),
  },
  { name: 'version', at: HEADER.version, kind: 'u32', meaning: () => 'of the layout' },
  { name: 'id', at: HEADER.id, kind: 'bytes' },
  {
    name: 'liveness',
    at: HEADER.liveness,
    kind: 'u32',
    meaning: value => LIVENESS_MEANING[value] ?? 'unknown',
  },
  { name: 'worker', at: HEADER.worker, kind: 'u32', meaning: () => 'the number the writer shows itself by' },
  { name: 'startTimeMs', at: HEADER.startTimeMs, kind: 'f64', meaning: timeText },
  { name: 'pid', at: HEADER.pid, kind: 'f64', meaning: () => 'for people only' },
  {
    name: 'threadId',
    at: HEADER.threadId,
    kind: 'f64',
    meaning: value => (value === 0 ? 'a main thread' : 'a worker thread'),
  },
  { name: 'checksum', at: HEADER.checksum, kind: 'u32', meaning: () => 'CRC-32 of the fields above' },
  {
    name: 'chunkCount',
    at: HEADER.chunkCount,
    kind: 'u32',
    meaning: () => 'rows of the chunk table that may be read',
  },
  {
    name: 'state',
    at: HEADER.state,
    kind: 'u32',
    meaning: value =>
      value === STATE.running ? 'running, or killed' : value === STATE.ended ? 'ended in order' : 'unknown',
  },
  {
    name: 'heartbeatMs',
    at: HEADER.heartbeatMs,
    kind: 'f64',
    meaning: value => `last observation ${timeText(value)}`,
  },
  {
    name: 'privateSeries',
    at: HEADER.privateSeries,
    kind: 'f64',
    meaning: () => 'series kept in private memory',
  },
  {
    name: 'foldedEnded',
    at: HEADER.foldedEnded,
    kind: 'f64',
    meaning: () => 'ledger: writers folded that had ended in order',
  },
  {
    name: 'foldedKilled',
    at: HEADER.foldedKilled,
    kind: 'f64',
    meaning: () => 'ledger: writers folded that had not',
  },
  {
    name: 'beganUs',
    at: HEADER.beganUs,
    kind: 'f64',
    meaning: () => 'monotonic clock when the writer began',
  },
  {
    name: 'beganMs',
    at: HEADER.beganMs,
    kind: 'f64',
    meaning: value => `the same moment: ${timeText(value)}`,
  },
]

const LIVENESS_MEANING: Readonly<Record<number, string>> = {
  [LIVENESS.lock]: 'lives while it holds the lock on this file',
  [LIVENESS.heartbeat]: 'lives while it writes its heartbeat',
  [LIVENESS.none]: 'a ledger: nobody writes it',
}

export const CHUNK_FIELDS: readonly FieldSpec[] = [
  {
    name: 'kind',
    at: CHUNK.kind,
    kind: 'u32',
    meaning: value => ['', 'entries', 'cells'][value] ?? 'unknown',
  },
  { name: 'page', at: CHUNK.page, kind: 'u32', meaning: () => 'its first page' },
  { name: 'pages', at: CHUNK.pages, kind: 'u32', meaning: () => 'its length in pages' },
  { name: 'check', at: CHUNK.check, kind: 'u32', meaning: () => 'kind ^ page ^ pages ^ magic' },
]

export const ENTRY_FIELDS: readonly FieldSpec[] = [
  { name: 'bytes', at: ENTRY.bytes, kind: 'u32', meaning: () => 'length of the entry, stored last' },
  {
    name: 'checksum',
    at: ENTRY.checksum,
    kind: 'u32',
    meaning: () => 'CRC-32 from the next field to the end',
  },
  { name: 'kind', at: ENTRY.kind, kind: 'u16', meaning: entryKind },
  { name: 'cellCount', at: ENTRY.cellCount, kind: 'u16', meaning: () => 'cells of the series' },
  { name: 'instrument', at: ENTRY.instrument, kind: 'u32', meaning: () => 'its number in this segment' },
  { name: 'chunk', at: ENTRY.chunk, kind: 'u32', meaning: () => 'the chunk of the cells' },
  { name: 'slot', at: ENTRY.slot, kind: 'u32', meaning: () => 'the first cell in that chunk' },
  { name: 'textBytes', at: ENTRY.textBytes, kind: 'u32', meaning: () => 'length of the text' },
  { name: 'worker', at: ENTRY.worker, kind: 'u32', meaning: () => 'ledger: of what is kept per worker' },
  {
    name: 'createdUs',
    at: ENTRY.createdUs,
    kind: 'f64',
    meaning: () => 'when the series was made, monotonic clock',
  },
]

export function entryKind(kind: number): string {
  return Object.entries(ENTRY_KIND).find(([, value]) => value === kind)?.[0] ?? 'unknown'
}

/** What a field of a file says may be no time at all. */
export function timeText(ms: number): string {
  const date = new Date(ms)
  return ms > 0 && !Number.isNaN(date.getTime()) ? date.toISOString() : 'no time'
}
