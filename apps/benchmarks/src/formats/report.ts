import { number, spreadText } from '../figure-text.ts'
import { usualSize } from '../scrape/series.ts'
import { table } from '../table.ts'
import type { FormatsResult } from './run.ts'

export function formatsSection({ rounds, formats, copyMs, readyMs }: FormatsResult): string[] {
  const text = formats.text!
  const row = (name: string, ms: typeof copyMs, bytes: number) => [
    name,
    spreadText(ms, 1),
    number(bytes / 1e6, 2),
    number(bytes / 1e6 / (ms.median / 1e3), 0),
  ]
  return [
    '## The page by its form',
    '',
    `${usualSize.members} processes x ${usualSize.series.toLocaleString('en-US')} histogram series, everything changed before each scrape;`,
    `median (fastest-slowest) of ${rounds}, in turn. The last two rows are the floor: what the same number of bytes takes`,
    "when there is nothing to read, merge or write: served ready by Node's http, and copied once in memory.",
    '',
    ...table(
      ['', 'ms', 'MB', 'MB a second'],
      [
        ...Object.entries(formats).map(([name, { ms, bytes }]) => row(name, ms, bytes)),
        row('ready text, served', readyMs, text.bytes),
        row('text, copied in memory', copyMs, text.bytes),
      ],
    ),
    '',
    `A scrape of the text takes ${number(text.ms.median / readyMs.median, 1)} times what serving it ready does.`,
    '',
  ]
}
