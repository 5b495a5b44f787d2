import { dim, heading } from '../../terminal/style.ts'
import type { DecodedFile, Field } from './decoded.ts'
import { closingLines } from './file-text.ts'

/** Each field in the order of the file's story: header, chunk table, entries, and with a series its cells. */
export function bytesText(file: DecodedFile): string {
  const { header, chunks, entries } = file
  return [
    heading(`${file.path}: ${file.role}, ${file.bytes} bytes`),
    ...section('header', header),
    ...chunks.flatMap(({ row, kind, fields }) => section(`chunk ${row}, ${kind}`, fields)),
    ...entries.flatMap(entry => [
      ...section(`entry: ${entry.kind}${entry.instrument ? ` of ${entry.instrument}` : ''}`, entry.fields),
      ...(entry.cells.length > 0 ? section('its cells', entry.cells) : []),
    ]),
    ...closingLines(file),
  ].join('\n')
}

const HEX_WIDTH = 47
const NAME_WIDTH = 14

function section(title: string, fields: readonly Field[]): string[] {
  const width = fields.reduce((widest, { name }) => Math.max(widest, name.length), NAME_WIDTH)
  return [
    heading(title),
    ...fields.map(({ name, offset, hex, value, meaning }) => {
      const place = dim(offset.toString(16).padStart(8, '0'))
      return `  ${place}  ${dim(hex.padEnd(HEX_WIDTH))}  ${name.padEnd(width)}  ${value}${meaning ? dim(`  ${meaning}`) : ''}`
    }),
  ]
}
