import {
  EXEMPLAR_CELLS,
  FIRST_BYTES,
  FIRST_CELLS_PAGES,
  FIRST_ENTRIES_PAGES,
  HEADER,
  HEADER_CHECKED_BYTES,
  HEARTBEAT_TIMEOUT_MS,
  LAYOUT_VERSION,
  MAGIC,
  MAX_CHUNK_PAGES,
  MAX_CHUNKS,
  MAX_SEGMENT_BYTES,
  MAX_TEXT_BYTES,
  MAX_WORKERS,
  PAGE_BYTES,
} from '@tutti/aggregator/inspect'
import { type Field, fieldsOf, firstComment } from './constants.ts'
import { madeFrom, type ReferencePage } from './page.ts'
import { code, table } from './table.ts'

const LAYOUT = 'packages/aggregator/src/segment/layout.ts'
const EXPONENTIAL = 'packages/aggregator/src/segment/exponential-cells.ts'

/** docs/segment-format.md: the layout file, said in tables. */
export function segmentFormatPage(): ReferencePage {
  return {
    path: 'docs/segment-format.md',
    text: `${madeFrom(LAYOUT)}

# The segment format, byte by byte

Layout version **${LAYOUT_VERSION}**. One segment is one writer's file, \`<worker>.segment\`; the ledger, \`ledger\`, has the same
format. [layout.ts](../${LAYOUT}) is the only file that knows an offset; this page is made from it.
\`tutti inspect <file> --bytes\` shows a real file in these words.

${rules()}

## Header: page 0

The first ${HEADER_CHECKED_BYTES} bytes are the identity: written before the file gets its name, covered by the checksum, never written
again. \`MAGIC\` is 0x${MAGIC.toString(16)}, "TUTT"; \`LAYOUT_VERSION\` ${LAYOUT_VERSION}.

${layoutTable('HEADER')}

${valuesTable('LIVENESS')}

${valuesTable('STATE')}

## A row of the chunk table

Up to ${MAX_CHUNKS} rows of 16 bytes, from byte ${HEADER.chunkTable}. A new segment has ${FIRST_BYTES / 1024} KiB: the header, ${FIRST_ENTRIES_PAGES} pages of entries, ${FIRST_CELLS_PAGES} pages of
cells. Chunks double up to ${MAX_CHUNK_PAGES} pages.

${layoutTable('CHUNK')}

${valuesTable('CHUNK_KIND')}

## An entry

A fixed head of 40 bytes, then UTF-8 text (at most ${MAX_TEXT_BYTES.toLocaleString('en')} bytes), padded with zeros to a multiple of eight. Entries follow
each other without gaps from the beginning of a chunk; a length of 0 ends them.

${layoutTable('ENTRY')}

${valuesTable('ENTRY_KIND')}

## The cells of a series

A cell is one little-endian float64 at an address divisible by eight. Slot 0 is the first of its chunk.

${table(
  ['aggregation', 'cells, in order'],
  [
    [code('sum'), '`sum`; NaN: nothing was observed'],
    [code('lastValue'), '`last`, `time` in milliseconds since the epoch; NaN: nothing was said'],
    [
      code('explicitBuckets'),
      'one `count` for each bucket, the last for what is above the highest boundary; `sum`, `min`, `max`',
    ],
    [code('exponentialBuckets'), 'see below'],
    [
      'exemplars',
      `${EXEMPLAR_CELLS} a place: time, value, span id, trace id (two cells), check (FNV-1a of the words before)`,
    ],
  ],
)}

The count of a histogram is not stored: it is the sum of its buckets, so that no reader can see a torn one. In a ledger a
sum has a second cell behind the others, with what rounding lost.

### Exponential histograms

${firstComment(EXPONENTIAL)}

${table(['cell', 'name', ''], fieldsOf(EXPONENTIAL, 'EXPONENTIAL').map(cellRow))}

A bank is its \`scale\` and one range, or two where values may be negative. The cells of a range:

${table(['cell', 'name', ''], fieldsOf(EXPONENTIAL, 'RANGE').map(cellRow))}

The last cell of the series is \`intent\`.

## Limits

${table(
  ['quantity', 'limit'],
  [
    ['a page', `${PAGE_BYTES.toLocaleString('en')} bytes`],
    ['a segment that a reader believes', `${MAX_SEGMENT_BYTES / 2 ** 30} GiB`],
    ['segments in a directory', MAX_WORKERS.toLocaleString('en')],
    ['silence of a writer without a lock', `${HEARTBEAT_TIMEOUT_MS / 1000} s`],
  ],
)}

## Versions

A reader counts files of another layout version in \`tutti_other_version_segments\`, names them in one line and leaves them
alone until the run ends. The version is raised when a reader of the one before could misread a file.
`,
  }
}

/** What the layout file says first: pages, and who writes and reads in which order. */
function rules(): string {
  const [, ...rest] = firstComment(LAYOUT).split('\n\n')
  return rest.filter(paragraph => !paragraph.startsWith('The ledger')).join('\n\n')
}

function layoutTable(name: string): string {
  return table(['byte', 'type', 'field', ''], fieldsOf(LAYOUT, name).map(layoutRow))
}

/** A comment begins with the type: `u32 identity: ...`, `float64, ledger: ...`. */
function layoutRow({ name, value, comment }: Field): string[] {
  const [, type, where, meaning] = /^(u16|u32|float64|16 bytes)\s*,?\s*([^:]*): (.*)$/s.exec(comment) ?? []
  const note = where && where !== 'identity' ? ` (${where})` : ''
  return [value, type ?? '', code(name), `${meaning ?? comment}${note}`]
}

function valuesTable(name: string): string {
  return table(
    [code(name), 'value', ''],
    fieldsOf(LAYOUT, name).map(({ name: key, value, comment }) => [code(key), value, comment]),
  )
}

function cellRow({ name, value, comment }: Field): string[] {
  return [value, code(name), comment.replace(/^(count|sum)[:.] ?/, '')]
}
