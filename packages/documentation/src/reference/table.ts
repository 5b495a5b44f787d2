import { markdownTable } from 'markdown-table'

/** A table whose columns line up. A bar in a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([head, ...rows].map(row => row.map(cell => cell.replaceAll(/\s+/g, ' '))))
}

export function code(text: string): string {
  return `\`${text}\``
}
