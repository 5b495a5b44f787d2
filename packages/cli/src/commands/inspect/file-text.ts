import { quantity } from '@tutti/console'
import { bad, dim, heading } from '../../terminal/style.ts'
import type { DecodedEntry, DecodedFile } from './decoded.ts'

/** A file in the glossary's words. */
export function fileText(file: DecodedFile): string {
  return [
    heading(`${file.path}: ${file.role}, ${quantity(file.bytes)} bytes`),
    ...file.header.map(
      ({ name, value, meaning }) => `  ${name.padEnd(14)}  ${value}${meaning ? dim(`  ${meaning}`) : ''}`,
    ),
    heading('chunks'),
    ...file.chunks.map(
      ({ row, kind, offset, bytes }) => `  ${row}  ${kind.padEnd(7)}  ${bytes} bytes at ${offset}`,
    ),
    heading('entries'),
    ...file.entries.map(entryLine),
    ...closingLines(file),
  ].join('\n')
}

/** How many entries were left out, and what is wrong. */
export function closingLines({ moreEntries, problems }: DecodedFile): string[] {
  return [
    ...(moreEntries > 0 ? [dim(`  and ${moreEntries} entries more: --limit 0 shows all`)] : []),
    ...problems.map(problem => bad(`damaged: ${problem}`)),
  ]
}

function entryLine({ kind, instrument, text, cells }: DecodedEntry): string {
  switch (kind) {
    case 'series':
      return `  series      ${instrument ?? '?'} ${text}  ${cellsText(cells)}`
    case 'exemplars':
      return `  exemplars   ${instrument ?? '?'} ${text}  ${foundExemplars(cells)}`
    case 'instrument':
      return `  instrument  ${instrument ?? '?'}  ${dim(text)}`
    default:
      return `  ${kind.padEnd(10)}  ${text}`
  }
}

/** Short: of a histogram the buckets that hold something; of an exponential one without its banks. */
function cellsText(cells: DecodedEntry['cells']): string {
  return cells
    .filter(
      ({ name, value }) => !name.startsWith('bank ') && !(name.startsWith('count up to') && value === '0'),
    )
    .map(({ name, value, meaning }) => `${name} ${name === 'time' ? meaning : value}`)
    .join(', ')
}

function foundExemplars(cells: DecodedEntry['cells']): string {
  return cells
    .filter(({ meaning }) => meaning.startsWith('trace '))
    .map(({ value, meaning }) => `${value} (${meaning})`)
    .join(', ')
}
