/**
 * The segment format: the only file that knows where a byte lies.
 *
 * A segment is one writer's file. It is little-endian, never shrinks, and is made of 4,096-byte pages:
 *
 * ```
 * page 0            header: identity, liveness, the table of chunks
 * pages of chunks   each chunk is a run of pages holding either entries or cells
 * ```
 *
 * The ledger has the same format: it is the segment of a writer that no longer exists (see ledger/).
 *
 * **Who writes, who reads, in which order.** One thread writes a segment; any process reads it with `pread`.
 *
 * 1. The identity (bytes 0 to 63) is written before the file gets its name, and never again. Its checksum tells
 *    a reader that the file is a segment and whole.
 * 2. A chunk's pages are allocated first, then its row in the table is written, then `chunkCount` is raised
 *    (`Atomics`). A reader that sees the count sees the row and may read the pages.
 * 3. A series' cells get their first values, then the entry's bytes are written, then its length is stored
 *    (`Atomics`). A reader that sees the length sees the entry; it reads cells after entries, so it sees the
 *    cells' first values too. The entry's checksum covers readers on machines that reorder loads.
 * 4. A cell is one float64 at an address divisible by eight, stored by one thread in one instruction and copied
 *    by the kernel in units of at least eight bytes: a reader sees the old or the new value, never half of each.
 * 5. Nothing is ever moved, shortened or reused inside a segment.
 */

/** "TUTT" read as a little-endian u32. */
export const MAGIC = 0x54545554
/** Raised when a reader of the version before could misread a file. */
export const LAYOUT_VERSION = 2

export const PAGE_BYTES = 4096

/** Page 0. Offsets in bytes; `Identity` fields are covered by the checksum. */
export const HEADER = {
  /** u32 identity: {@link MAGIC}. */
  magic: 0,
  /** u32 identity: {@link LAYOUT_VERSION}. */
  version: 4,
  /** 16 bytes identity: random, the only name by which the ledger knows a segment. */
  id: 8,
  /** u32 identity: {@link LIVENESS}, how to tell whether the writer lives. */
  liveness: 24,
  /** u32 identity: the small number the writer shows itself by; also the file's name. Ledger: 0. */
  worker: 28,
  /** float64 identity: when the writer began, milliseconds since the epoch. Ledger: when the run began. */
  startTimeMs: 32,
  /** float64 identity: process id, for people only. No code trusts it. */
  pid: 40,
  /** float64 identity: `worker_threads` thread id, 0 for a main thread. For people only. */
  threadId: 48,
  /** u32 identity: CRC-32 of bytes 0 to 55. */
  checksum: 56,

  /** u32: rows of the chunk table that may be read. Raised by the writer with Atomics after the row. */
  chunkCount: 64,
  /** u32: {@link STATE}. Set by the writer when it ends in order; stays `running` in a killed writer's segment. */
  state: 68,
  /** float64: the writer's clock at its last observation, milliseconds since the epoch. */
  heartbeatMs: 72,
  /** float64: series that the writer keeps in private memory because the segment could not grow. */
  privateSeries: 80,
  /** float64, ledger: writers folded into it, or into one before it, that had ended in order. */
  foldedEnded: 88,
  /** float64, ledger: the same, of writers that ended without saying so. */
  foldedKilled: 96,
  /**
   * float64: the machine's monotonic clock when the writer began, microseconds. Written before the first chunk is
   * announced, and never again. Ledger: that of the first writer in it. 0: nobody has said so.
   */
  beganUs: 104,
  /** float64: the wall clock at the same moment, milliseconds since the epoch. */
  beganMs: 112,

  /** Rows of {@link CHUNK}, up to the end of the page. */
  chunkTable: 128,
} as const

export const HEADER_CHECKED_BYTES: number = HEADER.checksum

/** How a reader tells whether the writer of a segment lives. */
export const LIVENESS = {
  /** The writer holds `flock(LOCK_EX)` on the file for life. */
  lock: 0,
  /** No locks on this platform: the writer rewrites the file, its heartbeat included, every second. */
  heartbeat: 1,
  /** Nobody: a ledger. */
  none: 2,
} as const

export const STATE = { running: 0, ended: 1 } as const

/** One row of the chunk table: 16 bytes. */
export const CHUNK = {
  /** u32: {@link CHUNK_KIND}. */
  kind: 0,
  /** u32: first page of the chunk. */
  page: 4,
  /** u32: length in pages. */
  pages: 8,
  /** u32: `kind ^ page ^ pages ^ MAGIC`, so that a torn or flipped row is not believed. */
  check: 12,
} as const
export const CHUNK_ROW_BYTES = 16
export const CHUNK_KIND = { entries: 1, cells: 2 } as const
export const MAX_CHUNKS: number = (PAGE_BYTES - HEADER.chunkTable) / CHUNK_ROW_BYTES

/** A new segment: the header, one chunk of entries, one of cells. Mapped in one piece. */
export const FIRST_ENTRIES_PAGES = 7
export const FIRST_CELLS_PAGES = 8
export const FIRST_BYTES: number = (1 + FIRST_ENTRIES_PAGES + FIRST_CELLS_PAGES) * PAGE_BYTES
/** Chunks double up to this. */
export const MAX_CHUNK_PAGES = 1024
/** A reader believes no file larger than this. */
export const MAX_SEGMENT_BYTES: number = 1 << 30

/** An entry: a fixed head of 40 bytes, then UTF-8 text, padded with zeros to a multiple of eight bytes. */
export const ENTRY = {
  /** u32: the entry's length in bytes, padding included. Stored last, with Atomics. 0: nothing here yet. */
  bytes: 0,
  /** u32: CRC-32 of the entry from byte 8 to its end. */
  checksum: 4,
  /** u16: {@link ENTRY_KIND}. */
  kind: 8,
  /** u16: series and exemplars: how many cells. */
  cellCount: 10,
  /** u32: instrument: its number in this segment. Series and exemplars: the number of their instrument. */
  instrument: 12,
  /** u32: series and exemplars: the row of the chunk that holds the cells. */
  chunk: 16,
  /** u32: series and exemplars: the slot, the index of the first cell in that chunk. */
  slot: 20,
  /** u32: length of the text in bytes. */
  textBytes: 24,
  /** u32: a ledger's series that is kept per worker: the number. */
  worker: 28,
  /**
   * float64: series: when it was made, microseconds of the machine's monotonic clock, which all processes share.
   * In a ledger: when the first of those was made that it is the sum of. Decides which series of many are shown.
   */
  createdUs: 32,
  /** The text. */
  text: 40,
} as const

export const ENTRY_KIND = {
  /** Text: the instrument's definition as JSON (see stream.ts). A later one of the same number changes the description. */
  instrument: 1,
  /** Text: the attributes as canonical JSON: pairs sorted by key. */
  series: 2,
  /** Text: the writer's resource attributes as canonical JSON. */
  resource: 3,
  /** Ledger only. Text: the hexadecimal id of a segment whose totals are in this ledger. */
  folded: 4,
  /** Text as that of the series; the cells are its exemplars (see exemplar-cells.ts). */
  exemplars: 5,
} as const

/** Longer attribute sets go to the overflow series. */
export const MAX_TEXT_BYTES = 65_536

/** Liveness `heartbeat`: a segment that was not written for this long has lost its writer. */
export const HEARTBEAT_TIMEOUT_MS = 10_000
