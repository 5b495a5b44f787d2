import { number, spreadText } from '../figure-text.ts'
import type { HotPathResult } from '../hot-path/run.ts'
import { operations, titles } from '../hot-path/workload.ts'
import { table } from '../table.ts'
import type { PythonResult } from './run.ts'

/** @param hotPath of the same run, to compare calls with; without it the table has Python's figures alone. */
export function pythonSection(
  { size, calls, pageMs, oursMs }: PythonResult,
  hotPath?: HotPathResult,
): string[] {
  const row = (title: string, theirs: PythonResult['pageMs'], ours: PythonResult['pageMs'] | undefined) => [
    title,
    spreadText(theirs, 1),
    ours === undefined ? 'not in this run' : spreadText(ours, 1),
    ours === undefined ? '' : `${number(theirs.median / ours.median, 0)}x`,
  ]
  return [
    "## Python's multiprocess mode",
    '',
    "Debian's python3-prometheus-client with PROMETHEUS_MULTIPROC_DIR on memory, where gunicorn's users come from. Its page is",
    'made in the process that asks for it, ours is read over HTTP with everything changed before.',
    '',
    ...table(
      ['', 'prometheus_client', '@tutti/aggregator', 'times as long'],
      [
        ...operations.flatMap(operation => {
          const theirs = calls[operation]
          return theirs ? [row(`${titles[operation]}, ns`, theirs, hotPath?.fresh[operation].tutti)] : []
        }),
        row(`page of ${size.members} x ${size.series.toLocaleString('en-US')}, ms`, pageMs, oursMs),
      ],
    ),
    '',
  ]
}
