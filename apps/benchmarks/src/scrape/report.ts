import { number, ratioText, spreadText } from '../figure-text.ts'
import { type Peer, packageNames } from '../peers.ts'
import { table } from '../table.ts'
import type { ScrapeResult } from './run.ts'

const scrapeAim = 200

export function scrapeSection({ members, series, warmUps, rounds, figures }: ScrapeResult): string[] {
  const names = Object.keys(figures) as Peer[]
  const row = (title: string, cell: (peer: Peer) => string) => [title, ...names.map(cell)]
  const ratio = (title: string, of: 'changedMs' | 'unchangedMs', aim?: number) =>
    row(title, peer => (peer === 'tutti' ? '1' : ratioText(figures[peer]![of], figures.tutti![of], aim)))
  return [
    '## One scrape of many processes',
    '',
    `${members} processes x ${series.toLocaleString('en-US')} histogram series, over one HTTP connection; median (fastest-slowest) of ${rounds},`,
    `after ${warmUps} that are not counted: a service is scraped for weeks.`,
    'Every sample of every page is checked; every series changes between the scrapes called changed.',
    '',
    ...table(
      ['', ...names.map(peer => packageNames[peer])],
      [
        row('first scrape, ms', peer => number(figures[peer]!.firstMs, 1)),
        row('changed, ms', peer => spreadText(figures[peer]!.changedMs, 1)),
        row('unchanged, ms', peer => spreadText(figures[peer]!.unchangedMs, 1)),
        row("first process' event loop busy, ms", peer => number(figures[peer]!.loopUse.busyMs, 1)),
        row('its longest block, ms', peer => number(figures[peer]!.loopUse.longestBlockMs, 1)),
        row('its event-loop delay p99 unscraped, ms', peer =>
          spreadText(figures[peer]!.interference.quietP99Ms, 2),
        ),
        row('the same, scraped every second, ms', peer =>
          spreadText(figures[peer]!.interference.scrapedP99Ms, 2),
        ),
        row('its memory grown by, MB', peer => number(figures[peer]!.grownBytes / 1e6, 0)),
        row('page, MB', peer => number(figures[peer]!.pageBytes / 1e6, 2)),
        row('scrapes that failed', peer => String(figures[peer]!.failures.length)),
        row('first, times as long as ours', peer =>
          peer === 'tutti' ? '1' : `${number(figures[peer]!.firstMs / figures.tutti!.firstMs, 1)}x`,
        ),
        ratio('changed, times as long as ours', 'changedMs', scrapeAim),
        ratio('unchanged, times as long as ours', 'unchangedMs'),
      ],
    ),
    '',
    ...names.flatMap(peer =>
      figures[peer]!.failures.map(why => `A scrape of ${packageNames[peer]} failed after ${why}\n`),
    ),
  ]
}
