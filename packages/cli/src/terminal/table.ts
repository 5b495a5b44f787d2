import { stripVTControlCharacters } from 'node:util'
import { heading } from './style.ts'

export interface Column {
  readonly title: string
  /** Numbers stand right. */
  readonly right?: boolean
}

/** Rows under their titles; the last column is as wide as it likes. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, column) =>
    rows.reduce((widest, row) => Math.max(widest, visibleLength(row[column]!)), title.length),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const isLast = column === columns.length - 1
        const padding = ' '.repeat(widths[column]! - visibleLength(cell))
        return columns[column]!.right ? padding + cell : isLast ? cell : cell + padding
      })
      .join('  ')
      .trimEnd()
  return [heading(line(columns.map(({ title }) => title))), ...rows.map(line)].join('\n')
}

export function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length
}
