/// <reference lib="dom" />
import type { FilledPanel } from '../content.ts'
import { element } from './element.ts'
import { inUnit } from './units.ts'

/** A column for each label and one for the value, the largest first. */
export function drawTable({ lines, unit }: FilledPanel, body: HTMLElement): () => boolean {
  const names = [...new Set(lines.flatMap(({ labels }) => Object.keys(labels)))]
  const table = element('table', 'values')
  const head = element('tr')
  head.append(...names.map(name => element('th', '', name)), element('th', 'number', 'Value'))
  table.append(head)
  const lastOf = ({ values }: FilledPanel['lines'][number]) => values.at(-1) ?? 0
  for (const line of lines
    .filter(each => Number.isFinite(lastOf(each)))
    .sort((a, b) => lastOf(b) - lastOf(a))) {
    const row = element('tr')
    row.append(...names.map(name => element('td', '', line.labels[name] ?? '')))
    row.append(element('td', 'number', inUnit(lastOf(line), unit)))
    table.append(row)
  }
  body.append(table)
  return () => table.querySelectorAll('td').length > 0
}
