import { chartReference } from '../charts/chart.ts'
import { number } from '../figure-text.ts'
import { packageNames } from '../peers.ts'
import { usualSize } from '../scrape/series.ts'
import { table } from '../table.ts'
import { type GrowthPoint, type GrowthResult, rivalName } from './run.ts'

export function growthSection({ tutti, rival, history }: GrowthResult): string[] {
  const theirsAt = (point: GrowthPoint) =>
    rival.find(({ members, series }) => members === point.members && series === point.series)
  const ratio = (ours: GrowthPoint) => {
    const theirs = theirsAt(ours)
    return theirs === undefined ? 'not measured' : `${number(theirs.changedMs / ours.changedMs, 0)}x`
  }
  return [
    '## How a scrape grows',
    '',
    'Histogram series as above, every page checked, milliseconds (medians). "First" reads every process from its beginning;',
    `"changed" is a later scrape, everything changed in between. The last column: ${packageNames[rivalName]}, times as long.`,
    '',
    ...table(
      ['processes x series', 'first', 'changed', 'unchanged', 'page, MB', rivalName],
      [...tutti]
        .sort((a, b) => a.members * a.series - b.members * b.series)
        .map(point => [
          `${point.members} x ${point.series.toLocaleString('en-US')}`,
          number(point.firstMs, 1),
          number(point.changedMs, 1),
          number(point.unchangedMs, 1),
          number(point.pageBytes / 1e6, 2),
          ratio(point),
        ]),
    ),
    '',
    ...chartReference('scrape-by-processes', `Scrape by processes, ${usualSize.series} series each`),
    ...chartReference('scrape-by-series', `Scrape by series, ${usualSize.members} processes`),
    'A scrape costs what it reads (a float for each bucket of each process) and what it writes (the page, whose size does',
    'not depend on the processes). The dead are folded into one ledger, which is as large as the series that they had:',
    '',
    ...table(
      ['dead processes, folded', 'changed, ms (8 x 1,000)'],
      history.map(({ dead, changedMs }) => [number(dead, 0), number(changedMs, 2)]),
    ),
    '',
  ]
}
